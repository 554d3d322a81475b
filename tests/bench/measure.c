/*
 * measure [-n PAIRS] [-s SECONDS] OURS [THEIRS]: runs two shell commands in turn and tells what they cost.
 *
 * Their output goes to /dev/null. There are three pairs of runs at least; no more than PAIRS, and none begins after
 * SECONDS. One line goes to standard output, parted by tabs: the median seconds of OURS and of THEIRS, the median of
 * the pairs' ratios, and the most memory in KiB that any one process of OURS and of THEIRS held. Without THEIRS these
 * fields are `-`. A command that ends with a status above 1, or by a signal, is trouble: status 2.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* wait4() is older than POSIX, which has nothing that tells one child's memory. */
pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage);

#define LEAST_PAIRS 3
#define MOST_PAIRS 99

struct cost {
    double seconds[MOST_PAIRS];
    long kib;
};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Runs COMMAND once, the RUN-th time, and adds what it costs; ends the program where it fails. */
static void run(const char *command, int run, struct cost *cost) {
    double start = now();
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_RDWR | O_CLOEXEC);
        if (null >= 0 && dup2(null, STDIN_FILENO) >= 0 && dup2(null, STDOUT_FILENO) >= 0 &&
            dup2(null, STDERR_FILENO) >= 0)
            execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    int status = 0;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        perror("measure: error");
        exit(2);
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) {
        fprintf(stderr, "measure: error: status %d of %s\n", WIFEXITED(status) ? WEXITSTATUS(status) : -1,
                command);
        exit(2);
    }
    cost->seconds[run] = now() - start;
    if (usage.ru_maxrss > cost->kib)
        cost->kib = usage.ru_maxrss;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sorts VALUES. */
static double median(double *values, int count) {
    qsort(values, (size_t)count, sizeof *values, by_value);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

int main(int argc, char **argv) {
    long most = 9;
    double seconds = 10;
    for (int option; (option = getopt(argc, argv, "n:s:")) != -1;) {
        if (option == 'n')
            most = strtol(optarg, NULL, 10);
        else if (option == 's')
            seconds = strtod(optarg, NULL);
        else
            return 2;
    }
    if (most < 1 || most > MOST_PAIRS || argc - optind < 1 || argc - optind > 2) {
        fputs("usage: measure [-n PAIRS] [-s SECONDS] OURS [THEIRS]\n", stderr);
        return 2;
    }
    const char *ours = argv[optind];
    const char *theirs = argv[optind + 1];
    static struct cost our_cost;
    static struct cost their_cost;
    double ratios[MOST_PAIRS];
    int pairs = 0;
    for (double start = now(); pairs < most && (pairs < LEAST_PAIRS || now() - start < seconds); pairs++) {
        run(ours, pairs, &our_cost);
        if (theirs == NULL)
            continue;
        run(theirs, pairs, &their_cost);
        ratios[pairs] = our_cost.seconds[pairs] / their_cost.seconds[pairs];
    }
    if (theirs == NULL)
        printf("%.6f\t-\t-\t%ld\t-\n", median(our_cost.seconds, pairs), our_cost.kib);
    else
        printf("%.6f\t%.6f\t%.4f\t%ld\t%ld\n", median(our_cost.seconds, pairs),
               median(their_cost.seconds, pairs), median(ratios, pairs), our_cost.kib, their_cost.kib);
    return fflush(stdout) == 0 ? 0 : 2;
}
