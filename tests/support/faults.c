/* Stands between a program and its disk (LD_PRELOAD): counts what changes files in one folder, and
 * lets the n-th of these calls fail, or ends the process before it; or records them all.
 *
 * HRI_FAULT_FOLDER: what is counted. fault_arm(n, how): the n-th call from now, counted from 1, is
 * to fail as `how` says: 'N' no space (it and all later writes), 'E' input/output error, 'S' half
 * of a write, 'K' SIGKILL, 0 nothing. fault_record(path): append each call to a file. fault_count()
 * tells how many there were.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static long calls, target;
static int how, log_file = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void fault_arm(long n, int kind) { calls = 0; target = n; how = kind; }
long fault_count(void) { return calls; }
void fault_record(const char *path) {
    log_file = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
}

static int inside(const char *path) {
    const char *folder = getenv("HRI_FAULT_FOLDER");
    size_t length = folder ? strlen(folder) : 0;
    return length && strncmp(path, folder, length) == 0 && (path[length] == '/' || !path[length]);
}

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return inside(path) && !strstr(path, " (deleted)");
}

static int whole(int at, const char *path, char *out) {
    char base[PATH_MAX];
    if (path[0] == '/') { snprintf(out, PATH_MAX, "%s", path); return inside(out); }
    if (at == AT_FDCWD) { if (!getcwd(base, sizeof base)) return 0; }
    else {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", at);
        ssize_t length = readlink(link, base, sizeof base - 1);
        if (length <= 0) return 0;
        base[length] = 0;
    }
    snprintf(out, PATH_MAX, "%.2000s/%.2000s", base, path);
    return inside(out);
}

static void put(const void *data, size_t length) {
    const char *from = data;
    while (length) {
        ssize_t done = syscall(SYS_write, log_file, from, length);
        if (done <= 0) return;
        from += done; length -= (size_t)done;
    }
}

/* A line `KIND OFFSET LENGTH PATH`, a NUL, then LENGTH bytes. */
static void record(char kind, const char *path, long offset, const void *data, size_t length) {
    char head[PATH_MAX + 64];
    if (log_file < 0) return;
    pthread_mutex_lock(&lock);
    int size = snprintf(head, sizeof head, "%c %ld %zu %s", kind, offset, length, path);
    put(head, (size_t)size + 1);
    put(data, length);
    pthread_mutex_unlock(&lock);
}

/* Counts a call; returns 0 where it is to go on, 'S' for half of a write, -1 with errno set. */
static int fails(int is_write) {
    long number = __sync_add_and_fetch(&calls, 1);
    if (!how || !target) return 0;
    if (number == target && how == 'K') { kill(getpid(), SIGKILL); for (;;) pause(); }
    if (number == target && how == 'E') { errno = EIO; return -1; }
    if (number >= target && how == 'N' && is_write) { errno = ENOSPC; return -1; }
    if (number == target && how == 'N') { errno = ENOSPC; return -1; }
    if (number == target && how == 'S') return 'S';
    return 0;
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

ssize_t write(int fd, const void *data, size_t length) {
    REAL(ssize_t, "write", int, const void *, size_t);
    char path[PATH_MAX];
    if (!length || !path_of(fd, path)) return real(fd, data, length);
    int state = fails(1);
    if (state < 0) return -1;
    long offset = lseek(fd, 0, (fcntl(fd, F_GETFL) & O_APPEND) ? SEEK_END : SEEK_CUR);
    ssize_t done = real(fd, data, state == 'S' ? (length + 1) / 2 : length);
    if (done > 0) record('W', path, offset, data, (size_t)done);
    return done;
}

static ssize_t at_place(ssize_t (*real)(int, const void *, size_t, off_t), int fd, const void *data,
                        size_t length, off_t offset) {
    char path[PATH_MAX];
    if (!length || !path_of(fd, path)) return real(fd, data, length, offset);
    int state = fails(1);
    if (state < 0) return -1;
    ssize_t done = real(fd, data, state == 'S' ? (length + 1) / 2 : length, offset);
    if (done > 0) record('W', path, offset, data, (size_t)done);
    return done;
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
    return at_place(real, fd, data, length, offset);
}
ssize_t pwrite64(int fd, const void *data, size_t length, off_t offset) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off_t);
    return at_place(real, fd, data, length, offset);
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(ssize_t, "writev", int, const struct iovec *, int);
    char path[PATH_MAX];
    if (!path_of(fd, path)) return real(fd, parts, count);
    /* One part at a time: a short writev is allowed, and recorded as what it wrote. */
    for (int n = 0; n < count; n++) if (parts[n].iov_len) return write(fd, parts[n].iov_base, parts[n].iov_len);
    return 0;
}
/* Copies within the kernel are told as not there, so that what copies falls back on writing. */
ssize_t sendfile(int out, int in, off_t *offset, size_t count) {
    REAL(ssize_t, "sendfile", int, int, off_t *, size_t);
    char path[PATH_MAX];
    if (path_of(out, path)) { errno = ENOTSOCK; return -1; }
    return real(out, in, offset, count);
}
ssize_t sendfile64(int out, int in, off_t *offset, size_t count) {
    REAL(ssize_t, "sendfile64", int, int, off_t *, size_t);
    char path[PATH_MAX];
    if (path_of(out, path)) { errno = ENOTSOCK; return -1; }
    return real(out, in, offset, count);
}
ssize_t copy_file_range(int in, off_t *from, int out, off_t *to, size_t count, unsigned flags) {
    REAL(ssize_t, "copy_file_range", int, off_t *, int, off_t *, size_t, unsigned);
    char path[PATH_MAX];
    if (path_of(out, path)) { errno = EXDEV; return -1; }
    return real(in, from, out, to, count, flags);
}

#define SYNC(name) \
    int name(int fd) { \
        REAL(int, #name, int); \
        char path[PATH_MAX]; \
        if (!path_of(fd, path)) return real(fd); \
        if (fails(0) < 0) return -1; \
        int done = real(fd); \
        if (!done) record('F', path, 0, "", 0); \
        return done; \
    }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name) \
    int name(int fd, off_t length) { \
        REAL(int, #name, int, off_t); \
        char path[PATH_MAX]; \
        if (!path_of(fd, path)) return real(fd, length); \
        if (fails(0) < 0) return -1; \
        int done = real(fd, length); \
        if (!done) record('T', path, length, "", 0); \
        return done; \
    }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

/* Two names: the second is the data of the record. */
static int moved(char kind, int done, const char *from, const char *to) {
    if (!done) record(kind, from, 0, to, strlen(to));
    return done;
}
#define TWO_NAMES(name, kind) \
    int name(const char *from, const char *to) { \
        REAL(int, #name, const char *, const char *); \
        char one[PATH_MAX], two[PATH_MAX]; \
        if (!whole(AT_FDCWD, from, one) | !whole(AT_FDCWD, to, two)) return real(from, to); \
        if (fails(0) < 0) return -1; \
        return moved(kind, real(from, to), one, two); \
    }
TWO_NAMES(rename, 'R')
TWO_NAMES(link, 'L')
int renameat(int a, const char *from, int b, const char *to) {
    REAL(int, "renameat", int, const char *, int, const char *);
    char one[PATH_MAX], two[PATH_MAX];
    if (!whole(a, from, one) | !whole(b, to, two)) return real(a, from, b, to);
    if (fails(0) < 0) return -1;
    return moved('R', real(a, from, b, to), one, two);
}
int linkat(int a, const char *from, int b, const char *to, int flags) {
    REAL(int, "linkat", int, const char *, int, const char *, int);
    char one[PATH_MAX], two[PATH_MAX];
    if (!whole(a, from, one) | !whole(b, to, two)) return real(a, from, b, to, flags);
    if (fails(0) < 0) return -1;
    return moved('L', real(a, from, b, to, flags), one, two);
}

/* Making, emptying and removing files is not failed, but killed at and recorded. */
static void quiet(char kind, const char *path) {
    if (how == 'K') fails(0);
    record(kind, path, 0, "", 0);
}
int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    char all[PATH_MAX];
    if (!whole(AT_FDCWD, path, all)) return real(path);
    if (how == 'K') fails(0);
    int done = real(path);
    if (!done) record('U', all, 0, "", 0);
    return done;
}
int unlinkat(int at, const char *path, int flags) {
    REAL(int, "unlinkat", int, const char *, int);
    char all[PATH_MAX];
    if (!whole(at, path, all)) return real(at, path, flags);
    int done = real(at, path, flags);
    if (!done) record(flags & AT_REMOVEDIR ? 'D' : 'U', all, 0, "", 0);
    return done;
}
int rmdir(const char *path) {
    REAL(int, "rmdir", const char *);
    char all[PATH_MAX];
    if (!whole(AT_FDCWD, path, all)) return real(path);
    int done = real(path);
    if (!done) record('D', all, 0, "", 0);
    return done;
}
int mkdir(const char *path, mode_t mode) {
    REAL(int, "mkdir", const char *, mode_t);
    char all[PATH_MAX];
    if (!whole(AT_FDCWD, path, all)) return real(path, mode);
    int done = real(path, mode);
    if (!done) record('M', all, 0, "", 0);
    return done;
}
static int opened(int at, const char *path, int flags, mode_t mode) {
    char all[PATH_MAX];
    int made = (flags & (O_CREAT | O_TRUNC)) && (flags & O_TMPFILE) != O_TMPFILE && whole(at, path, all);
    int there = made && !faccessat(at, path, F_OK, 0);
    int fd = (int)syscall(SYS_openat, at, path, flags, mode);
    if (made && fd >= 0 && !there) quiet('C', all);
    if (made && fd >= 0 && there && (flags & O_TRUNC)) quiet('Z', all);
    return fd;
}
#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list more; va_start(more, flags); \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0; va_end(more); \
        return opened(AT_FDCWD, path, flags, mode); \
    }
OPEN(open)
OPEN(open64)
#define OPENAT(name) \
    int name(int at, const char *path, int flags, ...) { \
        va_list more; va_start(more, flags); \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0; va_end(more); \
        return opened(at, path, flags, mode); \
    }
OPENAT(openat)
OPENAT(openat64)
