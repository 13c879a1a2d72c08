/* Loaded before the C library: each wait for the disk takes SLOW_DISK_MS longer. Those of the first thread, on which
   everything else stands still meanwhile, are counted. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

int waits_of_the_first_thread = 0;

static void wait_for_the_disk(void) {
    const char *told = getenv("SLOW_DISK_MS");
    if (syscall(SYS_gettid) == getpid())
        waits_of_the_first_thread++;
    usleep(1000 * (told ? atoi(told) : 0));
}

int fsync(int file) {
    wait_for_the_disk();
    return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(file);
}

int fdatasync(int file) {
    wait_for_the_disk();
    return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(file);
}
