using System.Reflection;
using System.Runtime.CompilerServices;

namespace FastNqe.Tests;

/// <summary>The public surface of an assembly as lines of text, one per type and member, in the order of the alphabet.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly) =>
        assembly.GetExportedTypes().SelectMany(Lines).Order(StringComparer.Ordinal).Distinct();

    private static IEnumerable<string> Lines(Type type)
    {
        yield return $"{Kind(type)} {Name(type)}{Bases(type)}";
        foreach (MemberInfo member in type.GetMembers(Declared))
            if (Line(member) is { } line)
                yield return $"{Name(type)}.{line}";
    }

    // What the compiler writes for records by itself follows from the record and is left out.
    private static string? Line(MemberInfo member) => member switch
    {
        _ when member.GetCustomAttribute<CompilerGeneratedAttribute>() is not null && member is not MethodBase { IsSpecialName: true } => null,
        ConstructorInfo constructor when IsVisible(constructor) => $"ctor{Parameters(constructor)}",
        PropertyInfo property when property.GetAccessors(true).Any(IsVisible) => $"{Name(property)} : {Name(property.PropertyType)} {{{Accessors(property)} }}",
        FieldInfo field when field.IsPublic && !field.IsSpecialName => $"{field.Name} : {Name(field.FieldType)}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}",
        MethodInfo method when IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) =>
            $"{(method.IsStatic ? "static " : "")}{method.Name}{Generics(method)}{Parameters(method)} : {Name(method.ReturnType)}",
        _ => null,
    };

    private static string Kind(Type type) =>
        type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsAbstract ? "abstract class" : "class";

    private static string Bases(Type type)
    {
        if (type.IsEnum)
            return "";
        Type?[] all = [type.BaseType == typeof(object) || type.BaseType == typeof(ValueType) ? null : type.BaseType, .. type.GetInterfaces().OrderBy(Name, StringComparer.Ordinal)];
        string[] names = [.. all.OfType<Type>().Where(other => other.IsVisible).Select(Name)];
        return names.Length == 0 ? "" : $" : {string.Join(", ", names)}";
    }

    private static string Accessors(PropertyInfo property) => string.Concat(property.GetAccessors(true).Where(IsVisible).Select(accessor =>
        accessor.ReturnType != typeof(void) ? " get;"
        : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;"));

    private static string Name(PropertyInfo property) =>
        property.GetIndexParameters() is { Length: > 0 } indices ? $"this[{string.Join(", ", indices.Select(index => Name(index.ParameterType)))}]" : property.Name;

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";

    private static string Parameters(MethodBase method) =>
        $"({string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + (parameter.DefaultValue ?? "default") : "")}"))})";

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return $"ref {Name(type.GetElementType()!)}";
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[]";
        string own = type.Name.Split('`')[0];
        string outer = type is { IsNested: true, IsGenericParameter: false } ? $"{Name(type.DeclaringType!)}." : "";
        return type.IsGenericType ? $"{outer}{own}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : outer + own;
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;
}
