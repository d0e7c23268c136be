/*
 * A disk that can be looked at, and that can fail: preloaded into a server under test.
 *
 * What the server does below FAULTS_ROOT (open, write, truncate, rename, remove, sync) is noted in FAULTS_JOURNAL in
 * the order in which it was done, so that a test can lay out what a loss of power would have left. Nothing is really
 * synced: the journal is what counts. With FAULTS_LIE set, syncs are claimed and not noted. While the file
 * FAULTS_EIO exists, syncs fail.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FILES = 4096, DESCRIPTORS = 65536, FOLDER = -1 };
enum { CREATE = 1, KNOWN, WRITE, TRUNCATE, RENAME, UNLINK, SYNC, SYNC_FOLDER };

struct note {
    uint32_t kind;
    uint32_t file;
    uint64_t offset;
    uint64_t length; /* of what follows: the bytes written, or names */
};

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *root, *eio;
static int lies, journal = -1;
static char *names[FILES];
static int files = 1;                /* a file's number is its place in names */
static int16_t opened[DESCRIPTORS];  /* the file behind a descriptor; 0: not ours */

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
    root = getenv("FAULTS_ROOT");
    eio = getenv("FAULTS_EIO");
    lies = getenv("FAULTS_LIE") != NULL;
    const char *path = getenv("FAULTS_JOURNAL");
    if (root && path) journal = REAL(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (journal < 0) root = NULL;
}

/* The name below the root; NULL when it is not ours. */
static const char *below(const char *path) {
    if (!root || !path) return NULL;
    size_t length = strlen(root);
    if (strncmp(path, root, length) != 0) return NULL;
    if (path[length] == 0) return "";
    return path[length] == '/' ? path + length + 1 : NULL;
}

static void note(uint32_t kind, int file, uint64_t offset, const void *bytes, uint64_t length) {
    struct note head = {kind, (uint32_t)file, offset, length};
    struct iovec parts[2] = {{&head, sizeof head}, {(void *)bytes, length}};
    if (writev(journal, parts, 2) != (ssize_t)(sizeof head + length)) abort();
}

static int numbered(const char *name) {
    for (int file = files - 1; file > 0; file--)
        if (names[file] && strcmp(names[file], name) == 0) return file;
    return 0;
}

/* With the turn taken: notes what opening did, and whose descriptor it is. */
static int opening(int fd, const char *name, int flags, int was_there) {
    if (fd < 0 || fd >= DESCRIPTORS) return fd;
    struct stat it;
    if (fstat(fd, &it) == 0 && S_ISDIR(it.st_mode)) {
        opened[fd] = FOLDER;
        return fd;
    }
    int file = was_there ? numbered(name) : 0;
    if (!file) {
        if (files == FILES) abort();
        file = files++;
        names[file] = strdup(name);
        note(was_there ? KNOWN : CREATE, file, 0, name, strlen(name));
    }
    if (was_there && (flags & O_TRUNC)) note(TRUNCATE, file, 0, NULL, 0);
    opened[fd] = (int16_t)file;
    return fd;
}

#define OPEN(symbol)                                                        \
    int symbol(const char *path, int flags, ...) {                          \
        va_list rest;                                                       \
        va_start(rest, flags);                                              \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                                       \
        const char *name = below(path);                                     \
        if (!name) return REAL(symbol)(path, flags, mode);                  \
        pthread_mutex_lock(&turn);                                          \
        int was_there = faccessat(AT_FDCWD, path, F_OK, 0) == 0;            \
        int fd = opening(REAL(symbol)(path, flags, mode), name, flags, was_there); \
        pthread_mutex_unlock(&turn);                                        \
        return fd;                                                          \
    }
OPEN(open)
OPEN(open64)

static int file_of(int fd) { return fd >= 0 && fd < DESCRIPTORS ? opened[fd] : 0; }

int close(int fd) {
    if (file_of(fd)) {
        pthread_mutex_lock(&turn);
        opened[fd] = 0;
        pthread_mutex_unlock(&turn);
    }
    return REAL(close)(fd);
}

ssize_t write(int fd, const void *bytes, size_t length) {
    if (file_of(fd) <= 0) return REAL(write)(fd, bytes, length);
    pthread_mutex_lock(&turn);
    ssize_t written = REAL(write)(fd, bytes, length);
    if (written > 0) note(WRITE, opened[fd], lseek(fd, 0, SEEK_CUR) - written, bytes, written);
    pthread_mutex_unlock(&turn);
    return written;
}

#define PWRITE(symbol, offset_type)                                         \
    ssize_t symbol(int fd, const void *bytes, size_t length, offset_type offset) { \
        if (file_of(fd) <= 0) return REAL(symbol)(fd, bytes, length, offset); \
        pthread_mutex_lock(&turn);                                          \
        ssize_t written = REAL(symbol)(fd, bytes, length, offset);          \
        if (written > 0) note(WRITE, opened[fd], offset, bytes, written);   \
        pthread_mutex_unlock(&turn);                                        \
        return written;                                                     \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define FTRUNCATE(symbol, offset_type)                                      \
    int symbol(int fd, offset_type length) {                                \
        if (file_of(fd) <= 0) return REAL(symbol)(fd, length);              \
        pthread_mutex_lock(&turn);                                          \
        int done = REAL(symbol)(fd, length);                                \
        if (done == 0) note(TRUNCATE, opened[fd], length, NULL, 0);         \
        pthread_mutex_unlock(&turn);                                        \
        return done;                                                        \
    }
FTRUNCATE(ftruncate, off_t)
FTRUNCATE(ftruncate64, off64_t)

#define FSYNC(symbol)                                                       \
    int symbol(int fd) {                                                    \
        int file = file_of(fd);                                             \
        if (!file) return REAL(symbol)(fd);                                 \
        if (eio && faccessat(AT_FDCWD, eio, F_OK, 0) == 0) {                \
            errno = EIO;                                                    \
            return -1;                                                      \
        }                                                                   \
        if (lies) return 0;                                                 \
        pthread_mutex_lock(&turn);                                          \
        note(file == FOLDER ? SYNC_FOLDER : SYNC, file == FOLDER ? 0 : file, 0, NULL, 0); \
        pthread_mutex_unlock(&turn);                                        \
        return 0;                                                           \
    }
FSYNC(fsync)
FSYNC(fdatasync)

int unlink(const char *path) {
    const char *name = below(path);
    if (!name) return REAL(unlink)(path);
    pthread_mutex_lock(&turn);
    int done = REAL(unlink)(path);
    if (done == 0) {
        int file = numbered(name);
        if (file) names[file][0] = 0;
        note(UNLINK, 0, 0, name, strlen(name));
    }
    pthread_mutex_unlock(&turn);
    return done;
}

int rename(const char *from, const char *to) {
    const char *old = below(from), *new = below(to);
    if (!old || !new) return REAL(rename)(from, to);
    pthread_mutex_lock(&turn);
    int done = REAL(rename)(from, to);
    if (done == 0) {
        int file = numbered(old), replaced = numbered(new);
        if (replaced) names[replaced][0] = 0;
        if (file) names[file] = strdup(new);
        char both[8192];
        int length = snprintf(both, sizeof both, "%s%c%s", old, 0, new);
        note(RENAME, 0, 0, both, length);
    }
    pthread_mutex_unlock(&turn);
    return done;
}
