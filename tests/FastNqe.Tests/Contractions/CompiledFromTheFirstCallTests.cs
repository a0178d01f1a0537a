using System.Reflection;
using FastNqe.Contractions;

namespace FastNqe.Tests;

/// <summary>
/// The runtime compiles a method without optimising it at first, and again when it was called often and some time has passed: kernels would take several times as long for the first
/// second of a process, and calls that should have vanished would stay.
/// </summary>
[Category("Once")]
public sealed class CompiledFromTheFirstCallTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    [Test]
    public void Whatever_works_on_lanes_is_inlined_or_optimised_at_once()
    {
        MethodInfo[] onLanes = [.. typeof(Simd).Assembly.GetTypes().SelectMany(type => type.GetMethods(All)).Where(method => IsOnLanes(method) && !IsOnTheWay(method))];
        Assert.That(onLanes, Has.Length.GreaterThan(100));
        MethodInfo[] left = [.. onLanes.Where(method => (method.MethodImplementationFlags & (MethodImplAttributes.AggressiveInlining | MethodImplAttributes.AggressiveOptimization)) == 0)];
        Assert.That(left, Is.Empty, string.Join(", ", left.Select(method => $"{method.DeclaringType!.Name}.{method.Name}")));
    }

    // What only leads to the work, or reads a constant.
    private static bool IsOnTheWay(MethodInfo method) =>
        method.IsAbstract || method.Name.Split('.')[^1].StartsWith("get_", StringComparison.Ordinal) || LeadsToItsLikeness(method)
        || method.DeclaringType == typeof(KernelDispatch) || method.DeclaringType!.DeclaringType == typeof(SweepTeam);

    // What the compiler adds where a method's own parameters differ from those of the interface in how they are passed.
    private static bool LeadsToItsLikeness(MethodInfo method) =>
        method.Name.Contains('.') && method.DeclaringType!.GetMethods(All).Any(likeness => likeness.Name == method.Name.Split('.')[^1]);

    private static bool IsOnLanes(MethodInfo method) =>
        IsLanes(method.DeclaringType!)
        || method.GetGenericArguments().Concat(method.DeclaringType!.GetGenericArguments()).Any(argument => argument.IsGenericParameter && argument.GetGenericParameterConstraints().Any(IsLanes));

    private static bool IsLanes(Type type) => type.GetInterfaces().Append(type).Any(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(ILanes<>));
}
