/* Runs a program and refuses chosen system calls of it and of all it starts.

       refuse REPORT [KIND:OUTCOME:FIRST:COUNT]... -- PROGRAM [ARGUMENT]...

   Calls of a kind are counted over all threads and processes of the program, in the order in
   which they come. The FIRST-th and those that follow, COUNT in all (0: every one that
   follows), do not happen but have the OUTCOME: the number of an error, `short` (a write that
   takes half of the bytes), or `kill` (the program is killed right before). FIRST 0 refuses
   none. Of two rules that meet a call the first decides. What was counted and refused, and
   how the program ended, goes to the file REPORT.

   Calls that load a program and its libraries are not counted: they are not the program's.

   Calls are caught by the kernel (seccomp's user notification, Linux 5.9), not by a library
   that is put before libc's: much of a Rust program calls the kernel without libc. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Requests for less memory than this are not counted: most are the loader's. */
enum { LARGE = 64 << 10 };
/* What OUTCOME may be besides the number of an error. */
enum { SHORT = -1, KILL = -2 };
/* The exit code where this program itself fails. */
enum { BROKEN = 125 };

typedef const struct seccomp_notif *Call;

static void fail(const char *what) {
    fprintf(stderr, "refuse: %s: %s\n", what, strerror(errno));
    exit(BROKEN);
}

/* --- What a call is about. --- */

/* Copies what stands in its maker's memory, up to `size` bytes, and says how many. */
static ssize_t peek(Call call, __u64 address, void *to, size_t size) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/mem", (int)call->pid);
    int memory = open(path, O_RDONLY | O_CLOEXEC);
    if (memory < 0) return -1;
    ssize_t got = pread(memory, to, size, (off_t)address);
    close(memory);
    return got;
}

/* A path of no more than a page. */
struct path {
    char text[4096];
};

static struct path path_in(Call call, int argument) {
    struct path path = {""};
    peek(call, call->data.args[argument], path.text, sizeof path.text - 1);
    return path;
}

/* The path of the open file that the first argument is the number of. */
static struct path path_of_file(Call call) {
    struct path path = {""};
    char link[64];
    snprintf(link, sizeof link, "/proc/%d/fd/%d", (int)call->pid, (int)call->data.args[0]);
    ssize_t length = readlink(link, path.text, sizeof path.text - 1);
    path.text[length < 0 ? 0 : length] = 0;
    return path;
}

/* --- Which calls are of a kind. --- */

static int any(Call call) {
    (void)call;
    return 1;
}

static int openat_writes(Call call) { return (call->data.args[2] & O_ACCMODE) != O_RDONLY; }

static int openat_reads(Call call) { return !openat_writes(call); }

#ifdef SYS_open
static int open_writes(Call call) { return (call->data.args[1] & O_ACCMODE) != O_RDONLY; }

static int open_reads(Call call) { return !open_writes(call); }
#endif

/* Closing anything else does not fail. */
static int closes_file(Call call) {
    char path[64];
    struct stat found;
    snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)call->pid, (int)call->data.args[0]);
    return stat(path, &found) == 0 && S_ISREG(found.st_mode);
}

static int exchanges(Call call) { return (call->data.args[4] & RENAME_EXCHANGE) != 0; }

static int renames(Call call) { return !exchanges(call); }

static int unlinkat_folder(Call call) { return (call->data.args[2] & AT_REMOVEDIR) != 0; }

static int unlinkat_file(Call call) { return !unlinkat_folder(call); }

static int makes_thread(Call call) {
    __u64 flags = call->data.args[0];
    if (call->data.nr == SYS_clone3) {
        struct clone_args arguments = {0};
        peek(call, call->data.args[0], &arguments, sizeof arguments);
        flags = arguments.flags;
    }
    return (flags & CLONE_THREAD) != 0;
}

static int makes_process(Call call) { return !makes_thread(call); }

static int maps_much(Call call) { return (call->data.args[3] & MAP_ANONYMOUS) != 0 && call->data.args[1] >= LARGE; }

static int moves_the_break(Call call) { return call->data.args[0] != 0; }

/* Where a call names its file. */
enum names { NOTHING, OPEN_FILE, PATH_FIRST, PATH_SECOND };

static const struct {
    const char *kind, *name;
    int number;
    enum names names;
    int (*is_of_kind)(Call);
} CALLS[] = {
#define CALL(kind, name, names, is_of_kind) {kind, #name, SYS_##name, names, is_of_kind}
    CALL("open to read", openat, PATH_SECOND, openat_reads),
    CALL("open to write", openat, PATH_SECOND, openat_writes),
    CALL("read", read, OPEN_FILE, any),
    CALL("read", pread64, OPEN_FILE, any),
    CALL("read", readv, OPEN_FILE, any),
    CALL("list a folder", getdents64, OPEN_FILE, any),
    CALL("look at a file", statx, PATH_SECOND, any),
    CALL("look at a file", fstat, OPEN_FILE, any),
    CALL("look at a file", newfstatat, PATH_SECOND, any),
    CALL("look at a file", faccessat, PATH_SECOND, any),
#ifdef SYS_faccessat2
    CALL("look at a file", faccessat2, PATH_SECOND, any),
#endif
    CALL("look at a file", readlinkat, PATH_SECOND, any),
    CALL("seek", lseek, OPEN_FILE, any),
    CALL("write", write, OPEN_FILE, any),
    CALL("write", pwrite64, OPEN_FILE, any),
    CALL("write", writev, OPEN_FILE, any),
    CALL("copy", copy_file_range, OPEN_FILE, any),
    CALL("copy", sendfile, OPEN_FILE, any),
    CALL("copy", splice, OPEN_FILE, any),
#ifdef SYS_renameat
    CALL("rename", renameat, PATH_SECOND, any),
#endif
    CALL("rename", renameat2, PATH_SECOND, renames),
    CALL("exchange", renameat2, PATH_SECOND, exchanges),
    CALL("link", linkat, PATH_SECOND, any),
    CALL("remove a file", unlinkat, PATH_SECOND, unlinkat_file),
    CALL("remove a folder", unlinkat, PATH_SECOND, unlinkat_folder),
    CALL("make a folder", mkdirat, PATH_SECOND, any),
    CALL("lock", flock, OPEN_FILE, any),
    CALL("cut to length", ftruncate, OPEN_FILE, any),
    CALL("set rights", fchmod, OPEN_FILE, any),
    CALL("set rights", fchmodat, PATH_SECOND, any),
    CALL("reach the disk", fsync, OPEN_FILE, any),
    CALL("reach the disk", fdatasync, OPEN_FILE, any),
    CALL("close", close, OPEN_FILE, closes_file),
    CALL("make a pipe", pipe2, NOTHING, any),
    CALL("start a thread", clone3, NOTHING, makes_thread),
    CALL("start a thread", clone, NOTHING, makes_thread),
    CALL("start a process", clone3, NOTHING, makes_process),
    CALL("start a process", clone, NOTHING, makes_process),
    CALL("run a program", execve, PATH_FIRST, any),
    CALL("take memory", mmap, NOTHING, maps_much),
    CALL("take memory", mremap, NOTHING, any),
    CALL("take memory", brk, NOTHING, moves_the_break),
/* Calls that newer machines never had. */
#ifdef SYS_open
    CALL("open to read", open, PATH_FIRST, open_reads),
    CALL("open to write", open, PATH_FIRST, open_writes),
    CALL("open to write", creat, PATH_FIRST, any),
    CALL("look at a file", stat, PATH_FIRST, any),
    CALL("look at a file", lstat, PATH_FIRST, any),
    CALL("look at a file", readlink, PATH_FIRST, any),
    CALL("look at a file", access, PATH_FIRST, any),
    CALL("rename", rename, PATH_FIRST, any),
    CALL("link", link, PATH_FIRST, any),
    CALL("remove a file", unlink, PATH_FIRST, any),
    CALL("remove a folder", rmdir, PATH_FIRST, any),
    CALL("make a folder", mkdir, PATH_FIRST, any),
    CALL("set rights", chmod, PATH_FIRST, any),
    CALL("start a process", fork, NOTHING, any),
    CALL("start a process", vfork, NOTHING, any),
#endif
#undef CALL
};
enum { NUMBER_OF_CALLS = sizeof CALLS / sizeof *CALLS };

/* `change` is the kind of all calls by which a report is written, put in place, and removed. */
static const char *const CHANGES[] = {"open to write", "write",         "copy",          "rename",
                                      "exchange",      "link",          "remove a file", "remove a folder",
                                      "make a folder", "lock",          "cut to length", "set rights",
                                      "reach the disk"};

static int is_within(const char *kind, const char *wanted) {
    if (strcmp(wanted, "change") != 0) return strcmp(kind, wanted) == 0;
    for (size_t at = 0; at < sizeof CHANGES / sizeof *CHANGES; at++)
        if (strcmp(kind, CHANGES[at]) == 0) return 1;
    return 0;
}

/* --- What is to be refused. --- */

struct rule {
    const char *kind;
    int outcome;
    unsigned long first, count, seen, refused;
};

static struct rule *rules;
static size_t number_of_rules;

static void add_rule(char *text) {
    char *kind = strtok(text, ":"), *outcome = strtok(NULL, ":"), *first = strtok(NULL, ":"), *count = strtok(NULL, ":");
    if (!kind || !outcome || !first || !count) {
        fprintf(stderr, "refuse: KIND:OUTCOME:FIRST:COUNT is wanted\n");
        exit(BROKEN);
    }
    rules[number_of_rules++] = (struct rule){
        .kind = kind,
        .outcome = strcmp(outcome, "short") == 0 ? SHORT : strcmp(outcome, "kill") == 0 ? KILL : atoi(outcome),
        .first = strtoul(first, NULL, 10),
        .count = strtoul(count, NULL, 10),
    };
}

/* Counts a call of the rule's kind, and says whether it is to be refused. */
static int meets(struct rule *rule, Call call, size_t *entry) {
    for (size_t at = 0; at < NUMBER_OF_CALLS; at++) {
        if (CALLS[at].number != call->data.nr || !is_within(CALLS[at].kind, rule->kind)) continue;
        if (!CALLS[at].is_of_kind(call)) continue;
        *entry = at;
        rule->seen++;
        return rule->first && rule->seen >= rule->first && (!rule->count || rule->seen - rule->first < rule->count);
    }
    return 0;
}

static int is_wanted(size_t entry) {
    for (size_t at = 0; at < number_of_rules; at++)
        if (is_within(CALLS[entry].kind, rules[at].kind)) return 1;
    return 0;
}

/* --- Calls as the kernel hands them over. --- */

/* Has the kernel ask before each call that a rule is about, and when programs are run and begin. */
static int listen_to_calls(void) {
    struct sock_filter filter[6 + 2 * NUMBER_OF_CALLS];
    unsigned short length = 0;
#define ADD(...) filter[length++] = (struct sock_filter)__VA_ARGS__
#define ASK(number)                                                    \
    ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (__u32)(number), 0, 1));   \
    ADD(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF))
    ADD(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)));
    ASK(SYS_execve);
    ASK(SYS_set_tid_address);
    for (size_t at = 0; at < NUMBER_OF_CALLS; at++) {
        if (!is_wanted(at)) continue;
        ASK(CALLS[at].number);
    }
    ADD(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
#undef ASK
#undef ADD
    struct sock_fprog program = {length, filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return -1;
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

/* A handle on the process of a thread. */
static int process_of(pid_t thread) {
    char path[64], line[256];
    int process = thread;
    snprintf(path, sizeof path, "/proc/%d/status", thread);
    FILE *status = fopen(path, "re");
    while (status && fgets(line, sizeof line, status) && sscanf(line, "Tgid: %d", &process) != 1) continue;
    if (status) fclose(status);
    return (int)syscall(SYS_pidfd_open, process, 0);
}

/* Writes half of the bytes in the maker's stead; -1 where that cannot be, as for one byte. */
static ssize_t write_half(Call call) {
    size_t half = call->data.args[2] / 2;
    if (call->data.nr != SYS_write || half == 0) return -1;
    int process = process_of((pid_t)call->pid);
    int file = (int)syscall(SYS_pidfd_getfd, process, (int)call->data.args[0], 0);
    char *bytes = malloc(half);
    ssize_t got = bytes ? peek(call, call->data.args[1], bytes, half) : -1;
    ssize_t written = file >= 0 && got > 0 ? write(file, bytes, (size_t)got) : -1;
    free(bytes);
    if (file >= 0) close(file);
    if (process >= 0) close(process);
    return written;
}

static void note_refused(FILE *report, Call call, size_t entry) {
    struct path path = {""};
    switch (CALLS[entry].names) {
    case NOTHING: break;
    case OPEN_FILE: path = path_of_file(call); break;
    case PATH_FIRST: path = path_in(call, 0); break;
    case PATH_SECOND: path = path_in(call, 1); break;
    }
    fprintf(report, "refused %s %s\n", CALLS[entry].name, path.text);
}

/* Processes that are loading a program: they have asked to run it, and it has not begun. */
static pid_t loading[64];

static pid_t *find_loading(pid_t process) {
    for (size_t at = 0; at < sizeof loading / sizeof *loading; at++)
        if (loading[at] == process) return &loading[at];
    return NULL;
}

/* Whether the call comes from the loader. Its last is the one that C libraries begin the program with. */
static int is_loaders(Call call) {
    pid_t *its = find_loading((pid_t)call->pid);
    if (its && call->data.nr == SYS_set_tid_address) *its = 0;
    return its != NULL;
}

static void note_loading(Call call) {
    pid_t *free = call->data.nr == SYS_execve ? find_loading(0) : NULL;
    if (free) *free = (pid_t)call->pid;
}

/* Decides about one call. */
static void decide(Call call, struct seccomp_notif_resp *answer, FILE *report, pid_t program) {
    answer->flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    struct rule *met = NULL;
    size_t entry = 0, its_entry = 0;
    /* Each rule counts, whatever another says. */
    for (size_t at = 0; at < number_of_rules; at++) {
        if (meets(&rules[at], call, &entry) && !met) {
            met = &rules[at];
            its_entry = entry;
        }
    }
    if (!met) return;
    ssize_t written = met->outcome == SHORT ? write_half(call) : 0;
    if (written < 0) return;
    met->refused++;
    note_refused(report, call, its_entry);
    if (met->outcome == KILL) {
        kill(program, SIGKILL);
        return;
    }
    answer->flags = 0;
    answer->val = written;
    /* This one alone fails without the number of an error: the break stands lower than was asked for. */
    if (met->outcome != SHORT && call->data.nr != SYS_brk) answer->error = -met->outcome;
}

/* Answers until all that was started has ended. */
static void answer_calls(int listener, FILE *report, pid_t program) {
    struct seccomp_notif_sizes sizes;
    if (syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sizes)) fail("cannot ask for the size of a notification");
    struct seccomp_notif *call = malloc(sizes.seccomp_notif);
    struct seccomp_notif_resp *answer = malloc(sizes.seccomp_notif_resp);
    if (!call || !answer) fail("no memory");
    /* The first to run a program is the one who becomes `program`. */
    int started = 0;
    for (;;) {
        struct pollfd ready = {listener, POLLIN, 0};
        if (poll(&ready, 1, -1) < 0 && errno != EINTR) fail("cannot wait for calls");
        if (!(ready.revents & POLLIN)) {
            if (ready.revents & POLLHUP) break;
            continue;
        }
        memset(call, 0, sizes.seccomp_notif);
        memset(answer, 0, sizes.seccomp_notif_resp);
        /* Whoever made it may be gone. */
        if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, call)) continue;
        answer->id = call->id;
        answer->flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
        if (started && !is_loaders(call)) decide(call, answer, report, program);
        if (answer->flags) note_loading(call);
        started = 1;
        ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, answer);
    }
    free(call);
    free(answer);
}

/* Becomes the program, and leaves word under which number the listener stands here. */
static void become(char **arguments, volatile int *listener) {
    /* Nobody would answer its calls any more. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int number = listen_to_calls();
    if (number < 0) fail("cannot catch system calls");
    *listener = number;
    execvp(arguments[0], arguments);
    fail(arguments[0]);
}

/* Takes the listener over. Whoever has it waits to be let run the program. */
static int take_listener(pid_t program, volatile int *theirs) {
    while (!*theirs) {
        if (waitpid(program, NULL, WNOHANG)) exit(BROKEN);
        usleep(100);
    }
    int process = (int)syscall(SYS_pidfd_open, program, 0);
    int listener = (int)syscall(SYS_pidfd_getfd, process, *theirs, 0);
    if (listener < 0) fail("cannot take the listener");
    close(process);
    return listener;
}

int main(int count, char **arguments) {
    rules = calloc((size_t)count, sizeof *rules);
    volatile int *listener = mmap(NULL, sizeof *listener, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (count < 2 || !rules || listener == MAP_FAILED) fail("no report, or no memory");
    int at = 2;
    for (; at < count && strcmp(arguments[at], "--") != 0; at++) add_rule(arguments[at]);
    if (at + 1 >= count) {
        fprintf(stderr, "refuse: no program is given\n");
        return BROKEN;
    }
    FILE *report = fopen(arguments[1], "we");
    if (!report) fail(arguments[1]);
    pid_t program = fork();
    if (program < 0) fail("cannot start a process");
    if (program == 0) become(arguments + at + 1, listener);

    answer_calls(take_listener(program, listener), report, program);
    int status;
    if (waitpid(program, &status, 0) < 0) fail("cannot tell how it ended");
    for (size_t rule = 0; rule < number_of_rules; rule++)
        fprintf(report, "seen %lu %lu %s\n", rules[rule].seen, rules[rule].refused, rules[rule].kind);
    if (WIFSIGNALED(status)) fprintf(report, "signal %d\n", WTERMSIG(status));
    else fprintf(report, "exit %d\n", WEXITSTATUS(status));
    return fclose(report) ? BROKEN : 0;
}
