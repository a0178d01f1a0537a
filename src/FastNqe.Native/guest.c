/* The runtime inside the library makes the whole process ignore SIGPIPE when it starts, which is not for a guest to decide: "program | head" would
   go on for ever. The linker sends the runtime's calls here (--wrap). */
#include <signal.h>
#include <stddef.h>

typedef void (*handler)(int);

int __real_sigaction(int number, const struct sigaction *action, struct sigaction *before);
handler __real_signal(int number, handler action);

int __wrap_sigaction(int number, const struct sigaction *action, struct sigaction *before) {
    return __real_sigaction(number, number == SIGPIPE ? NULL : action, before);
}

handler __wrap_signal(int number, handler action) { return number == SIGPIPE ? SIG_DFL : __real_signal(number, action); }
