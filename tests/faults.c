/* Loaded before the system's library (LD_PRELOAD): lets the n-th call of one kind fail, for files under one folder. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static const char *kinds[] = {"write", "half", "fsync", "rename", "open", "close", "mkdir", "link", "unlink", "chmod",
                              "read", "print"};
enum { KINDS = sizeof kinds / sizeof *kinds };
static char under[PATH_MAX], kind[32];
static int nth, code, seen[KINDS], torn = -1;

void faults_arm(const char *folder, const char *what, int number, int error) {
    snprintf(under, sizeof under, "%s", folder);
    snprintf(kind, sizeof kind, "%s", what);
    nth = number; code = error; torn = -1;
    memset(seen, 0, sizeof seen);
}

int faults_seen(const char *what) {
    for (int i = 0; i < KINDS; i++)
        if (strcmp(what, kinds[i]) == 0) return seen[i];
    return -1;
}

static int is_under(const char *path) {
    char here[PATH_MAX];
    size_t length = strlen(under);
    if (!length) return 0;
    if (path[0] != '/') {
        if (!getcwd(here, sizeof here)) return 0;
        path = here; /* the commands run in the folder */
    }
    return strncmp(path, under, length) == 0;
}

static int is_open_under(int handle) {
    char name[64], path[PATH_MAX];
    ssize_t length;
    if (!under[0]) return 0;
    snprintf(name, sizeof name, "/proc/self/fd/%d", handle);
    length = readlink(name, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return path[0] == '/' && is_under(path);
}

static int fails(const char *what) {
    for (int i = 0; i < KINDS; i++)
        if (strcmp(what, kinds[i]) == 0 && ++seen[i] == nth && strcmp(what, kind) == 0) {
            errno = code;
            return 1;
        }
    return 0;
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int handle, const void *bytes, size_t count) {
    REAL(write);
    if (handle == 1 && under[0] && fails("print")) return -1;
    if (handle == torn) { errno = code; return -1; }
    if (is_open_under(handle)) {
        if (fails("write")) return -1;
        if (fails("half")) { torn = handle; return real(handle, bytes, count > 1 ? count / 2 : count); }
    }
    return real(handle, bytes, count);
}

ssize_t read(int handle, void *bytes, size_t count) {
    REAL(read);
    return is_open_under(handle) && fails("read") ? -1 : real(handle, bytes, count);
}

int fsync(int handle) {
    REAL(fsync);
    return is_open_under(handle) && fails("fsync") ? -1 : real(handle);
}

int fchmod(int handle, mode_t mode) {
    REAL(fchmod);
    return is_open_under(handle) && fails("chmod") ? -1 : real(handle, mode);
}

int close(int handle) {
    REAL(close);
    int failing = is_open_under(handle) && fails("close");
    int done = real(handle); /* as on Linux: closed all the same */
    if (failing) { errno = code; return -1; }
    return done;
}

int rename(const char *old, const char *new) {
    REAL(rename);
    return is_under(new) && fails("rename") ? -1 : real(old, new);
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    return is_under(path) && fails("mkdir") ? -1 : real(path, mode);
}

int linkat(int from, const char *old, int to, const char *new, int flags) {
    REAL(linkat);
    return is_under(new) && fails("link") ? -1 : real(from, old, to, new, flags);
}

int unlink(const char *path) {
    REAL(unlink);
    return is_under(path) && fails("unlink") ? -1 : real(path);
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        mode_t mode = 0; \
        va_list rest; \
        va_start(rest, flags); \
        if (flags & (O_CREAT | O_TMPFILE)) mode = va_arg(rest, mode_t); \
        va_end(rest); \
        return is_under(path) && fails("open") ? -1 : real(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)
