/*
 * The benchmarks' patterns as HELICS federates, over the C API.
 *
 *   helics-twin process PATTERN COUNT STEPS WARM_UP DOUBLES HOUSES VECTORS INDEX PORT   one federate, ZeroMQ core
 *   helics-twin threads PATTERN COUNT STEPS WARM_UP DOUBLES HOUSES VECTORS              all as threads on one in-process core
 *
 * Each federate prints one line of JSON: microseconds between the first and the last timed step (0 where it has no
 * clock), the values that it received and found right, and the wall-clock second of its first grant.
 * Links and requests are those of HELICS' own echo, ring and timing benchmarks.
 */
#include <helics.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TEXT_LENGTH 106
#define LATE 1e6 /* simulated seconds that no run reaches */

typedef struct {
  const char *pattern;
  int count, steps, warm_up, doubles, houses, vectors;
} Job;

typedef struct {
  const Job *job;
  int index;
  HelicsFederate handle;
  HelicsPublication *outs;
  HelicsInput *ins;
  int out_count, in_count;
  long received;
  double started, micros, first_grant;
} Federate;

static char text[TEXT_LENGTH + 1];
static pthread_barrier_t all_ready;

static double seconds_of(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static void check(const HelicsError *error, const char *what) {
  if (error->error_code == 0) return;
  fprintf(stderr, "%s: %s\n", what, error->message);
  exit(1);
}

static int is(const Federate *f, const char *pattern) { return strcmp(f->job->pattern, pattern) == 0; }
static int last_step(const Federate *f) { return f->job->warm_up + f->job->steps; }

/* Starts and stops the clock as the step begins. */
static void mark(Federate *f, int step) {
  if (step == f->job->warm_up) f->started = seconds_of(CLOCK_MONOTONIC);
  if (step == last_step(f)) f->micros = (seconds_of(CLOCK_MONOTONIC) - f->started) * 1e6;
}

static void publish_as(Federate *f, const char *key, HelicsDataTypes type) {
  HelicsError error = helicsErrorInitialize();
  f->outs = realloc(f->outs, (f->out_count + 1) * sizeof *f->outs);
  f->outs[f->out_count++] = helicsFederateRegisterGlobalPublication(f->handle, key, type, "", &error);
  check(&error, key);
}

static void subscribe_to(Federate *f, const char *key) {
  HelicsError error = helicsErrorInitialize();
  f->ins = realloc(f->ins, (f->in_count + 1) * sizeof *f->ins);
  f->ins[f->in_count++] = helicsFederateRegisterSubscription(f->handle, key, "", &error);
  check(&error, key);
}

static double granted(Federate *f, double time) {
  if (f->first_grant == 0) f->first_grant = seconds_of(CLOCK_REALTIME);
  return time;
}

static double request(Federate *f, double until) {
  HelicsError error = helicsErrorInitialize();
  double time = helicsFederateRequestTime(f->handle, until, &error);
  check(&error, "request");
  return granted(f, time);
}

static double request_next(Federate *f) {
  HelicsError error = helicsErrorInitialize();
  double time = helicsFederateRequestNextStep(f->handle, &error);
  check(&error, "next step");
  return granted(f, time);
}

static void send_text(Federate *f, int out) {
  HelicsError error = helicsErrorInitialize();
  helicsPublicationPublishString(f->outs[out], text, &error);
  check(&error, "publish");
}

/* True when a new text came and is the one that was sent. */
static int take_text(Federate *f, int in) {
  HelicsError error = helicsErrorInitialize();
  char got[TEXT_LENGTH + 2];
  int length;
  if (!helicsInputIsUpdated(f->ins[in])) return 0;
  helicsInputGetString(f->ins[in], got, sizeof got, &length, &error);
  check(&error, "read");
  if (strcmp(got, text) != 0) return 0;
  f->received++;
  return 1;
}

/* ---- echo: a hub (federate 0) that sends back what the leaves send ---- */

static void open_echo(Federate *f) {
  char key[32];
  int first = f->index == 0 ? 1 : f->index, last = f->index == 0 ? f->job->count - 1 : f->index;
  for (int leaf = first; leaf <= last; leaf++) {
    snprintf(key, sizeof key, "%s%d", f->index == 0 ? "to_leaf" : "to_hub", leaf);
    publish_as(f, key, HELICS_DATA_TYPE_STRING);
    snprintf(key, sizeof key, "%s%d", f->index == 0 ? "to_hub" : "to_leaf", leaf);
    subscribe_to(f, key);
  }
}

static void run_echo(Federate *f) {
  if (f->index == 0) {
    long all = (long)last_step(f) * (f->job->count - 1);
    while (f->received < all) {
      request(f, LATE);
      for (int i = 0; i < f->in_count; i++)
        if (take_text(f, i)) send_text(f, i);
    }
    return;
  }
  for (int sent = 0; f->received < last_step(f);) {
    request_next(f);
    if (take_text(f, 0)) mark(f, (int)f->received);
    if (sent < last_step(f)) {
      send_text(f, 0);
      sent++;
    }
  }
}

/* ---- ring: a token that federate 0 starts ---- */

static void open_ring(Federate *f) {
  char key[32];
  snprintf(key, sizeof key, "token%d", f->index);
  publish_as(f, key, HELICS_DATA_TYPE_STRING);
  snprintf(key, sizeof key, "token%d", (f->index + f->job->count - 1) % f->job->count);
  subscribe_to(f, key);
}

static void run_ring(Federate *f) {
  if (f->index == 0) send_text(f, 0);
  while (f->received < last_step(f)) {
    if (f->index == 0) mark(f, (int)f->received);
    request(f, LATE);
    if (take_text(f, 0) && (f->index != 0 || f->received < last_step(f))) send_text(f, 0);
  }
  if (f->index == 0) mark(f, (int)f->received);
}

/* ---- timing: a hub and leaves linked both ways, nothing is sent ---- */

static void run_timing(Federate *f) {
  for (int step = 0; step < last_step(f); step++) {
    mark(f, step);
    request_next(f);
  }
  mark(f, last_step(f));
}

/* ---- vector: two federates that send each other doubles ---- */

static void open_vector(Federate *f) {
  publish_as(f, f->index == 0 ? "vector0" : "vector1", HELICS_DATA_TYPE_VECTOR);
  subscribe_to(f, f->index == 0 ? "vector1" : "vector0");
}

static void run_vector(Federate *f) {
  HelicsError error = helicsErrorInitialize();
  int size = f->job->doubles, length;
  double *sent = calloc(size, sizeof *sent), *got = calloc(size, sizeof *got);
  for (int step = 0; step < last_step(f); step++) {
    mark(f, step);
    sent[0] = step;
    sent[size - 1] = -step;
    helicsPublicationPublishVector(f->outs[0], sent, size, &error);
    request_next(f);
    if (!helicsInputIsUpdated(f->ins[0])) continue;
    helicsInputGetVector(f->ins[0], got, size, &length, &error);
    f->received += length == size && got[0] == step && got[size - 1] == -step;
  }
  mark(f, last_step(f));
  check(&error, "vector");
}

/* ---- coupled: weather, houses, bulk, market, prosumers without physics ---- */

enum { WEATHER, HOUSES, BULK, MARKET, PROSUMERS };
static const char *WEATHER_KEYS[] = {"temperature", "sun", "humidity", "wind"};
static const char *STATE_KEYS[] = {"air", "mass", "load", "voltage", "hvac", "water"};
static const char *COMMAND_KEYS[] = {"setpoint", "command"};

static double coupled_period(int index) { return index == BULK || index == MARKET ? 300 : 15; }

/* One port for each house, or one vector for all. */
static void per_house(Federate *f, int publishes, const char *name, HelicsDataTypes type) {
  char key[48];
  int ports = f->job->vectors ? 1 : f->job->houses;
  for (int house = 0; house < ports; house++) {
    snprintf(key, sizeof key, "%s%d", name, house);
    if (publishes) publish_as(f, key, f->job->vectors ? HELICS_DATA_TYPE_VECTOR : type);
    else subscribe_to(f, key);
  }
}

static void open_coupled(Federate *f) {
  int i;
  if (f->index == WEATHER) for (i = 0; i < 4; i++) publish_as(f, WEATHER_KEYS[i], HELICS_DATA_TYPE_DOUBLE);
  if (f->index == HOUSES || f->index == PROSUMERS) for (i = 0; i < 4; i++) subscribe_to(f, WEATHER_KEYS[i]);
  if (f->index == HOUSES) {
    for (i = 0; i < 6; i++) per_house(f, 1, STATE_KEYS[i], HELICS_DATA_TYPE_DOUBLE);
    publish_as(f, "feeder_load", HELICS_DATA_TYPE_COMPLEX);
    subscribe_to(f, "source_voltage");
    for (i = 0; i < 2; i++) per_house(f, 0, COMMAND_KEYS[i], HELICS_DATA_TYPE_DOUBLE);
  }
  if (f->index == BULK) {
    publish_as(f, "source_voltage", HELICS_DATA_TYPE_COMPLEX);
    publish_as(f, "lmp", HELICS_DATA_TYPE_DOUBLE);
    subscribe_to(f, "feeder_load");
  }
  if (f->index == MARKET) {
    publish_as(f, "price", HELICS_DATA_TYPE_DOUBLE);
    subscribe_to(f, "lmp");
    subscribe_to(f, "feeder_load");
    per_house(f, 0, "bid", HELICS_DATA_TYPE_VECTOR);
  }
  if (f->index == PROSUMERS) {
    for (i = 0; i < 2; i++) per_house(f, 1, COMMAND_KEYS[i], HELICS_DATA_TYPE_DOUBLE);
    per_house(f, 1, "bid", HELICS_DATA_TYPE_VECTOR);
    for (i = 0; i < 6; i++) per_house(f, 0, STATE_KEYS[i], HELICS_DATA_TYPE_DOUBLE);
    subscribe_to(f, "price");
  }
}

static void publish_coupled(Federate *f, double time, const double *values) {
  HelicsError error = helicsErrorInitialize();
  int houses = f->job->houses, vectors = f->job->vectors;
  int bids = f->index == PROSUMERS ? (vectors ? 1 : houses) : 0;
  int market_due = (long)time % 300 == 0;
  for (int i = 0; i < f->out_count - (market_due ? 0 : bids); i++) {
    if (i >= f->out_count - bids) helicsPublicationPublishVector(f->outs[i], values, vectors ? 4 * houses : 4, &error);
    else if ((f->index == HOUSES && i == f->out_count - 1) || (f->index == BULK && i == 0))
      helicsPublicationPublishComplex(f->outs[i], time, 0, &error);
    else if (vectors && (f->index == HOUSES || f->index == PROSUMERS))
      helicsPublicationPublishVector(f->outs[i], values, houses, &error);
    else helicsPublicationPublishDouble(f->outs[i], time, &error);
  }
  check(&error, "publish");
}

static void read_coupled(Federate *f, double *values, int room) {
  HelicsError error = helicsErrorInitialize();
  double real, imaginary, sum = 0;
  int length;
  for (int i = 0; i < f->in_count; i++) {
    if (!helicsInputIsUpdated(f->ins[i])) continue;
    HelicsDataTypes type = helicsInputGetPublicationDataType(f->ins[i]);
    f->received++;
    if (type == HELICS_DATA_TYPE_VECTOR) helicsInputGetVector(f->ins[i], values, room, &length, &error);
    else if (type == HELICS_DATA_TYPE_COMPLEX) helicsInputGetComplex(f->ins[i], &real, &imaginary, &error);
    else sum += helicsInputGetDouble(f->ins[i], &error);
  }
  if (sum < 0) fprintf(stderr, "a negative second\n");
  check(&error, "read");
}

static void run_coupled(Federate *f) {
  double end = f->job->steps * 15.0, period = coupled_period(f->index);
  int room = 4 * f->job->houses + 4;
  double *values = calloc(room, sizeof *values), *sent = calloc(room, sizeof *sent);
  f->started = seconds_of(CLOCK_MONOTONIC);
  for (double next = period; next <= end; next += period) {
    double time = request(f, next);
    read_coupled(f, values, room);
    for (int i = 0; i < room; i++) sent[i] = time;
    publish_coupled(f, time, sent);
  }
  f->micros = (seconds_of(CLOCK_MONOTONIC) - f->started) * 1e6;
}

/* ---- how a federate is made, run and reported ---- */

static void create(Federate *f, const char *core_options, const char *core_name) {
  HelicsError error = helicsErrorInitialize();
  HelicsFederateInfo info = helicsCreateFederateInfo();
  char line[256], name[32];
  double period = is(f, "timing") || is(f, "vector") ? 1 : is(f, "coupled") ? coupled_period(f->index) : 0;
  const char *policy = is(f, "ring") ? " --flags=restrictive_time_policy" : "";
  snprintf(line, sizeof line, "%s --loglevel=no_print%s", core_options, policy);
  helicsFederateInfoLoadFromString(info, line, &error);
  if (core_name != NULL) helicsFederateInfoSetCoreName(info, core_name, &error);
  if (period > 0) helicsFederateInfoSetTimeProperty(info, HELICS_PROPERTY_TIME_PERIOD, period, &error);
  snprintf(name, sizeof name, "federate%d", f->index);
  f->handle = helicsCreateValueFederate(name, info, &error);
  check(&error, "create");
  if (is(f, "echo") || is(f, "timing")) open_echo(f);
  if (is(f, "ring")) open_ring(f);
  if (is(f, "vector")) open_vector(f);
  if (is(f, "coupled")) open_coupled(f);
}

static void run(Federate *f) {
  HelicsError error = helicsErrorInitialize();
  helicsFederateEnterExecutingMode(f->handle, &error);
  check(&error, "start");
  if (is(f, "echo")) run_echo(f);
  if (is(f, "timing")) run_timing(f);
  if (is(f, "ring")) run_ring(f);
  if (is(f, "vector")) run_vector(f);
  if (is(f, "coupled")) run_coupled(f);
}

static void report(const Federate *f) {
  printf("{\"federate\":%d,\"micros\":%.3f,\"received\":%ld,\"first\":%.6f}\n", f->index, f->micros, f->received,
         f->first_grant);
  fflush(stdout);
}

static void *run_thread(void *given) {
  Federate *f = given;
  HelicsError error = helicsErrorInitialize();
  run(f);
  helicsFederateDisconnect(f->handle, &error);
  pthread_barrier_wait(&all_ready);
  return NULL;
}

static void run_threads(const Job *job) {
  HelicsError error = helicsErrorInitialize();
  Federate *all = calloc(job->count, sizeof *all);
  pthread_t thread;
  char options[96];
  snprintf(options, sizeof options, "--autobroker --federates=%d --loglevel=no_print", job->count);
  HelicsCore core = helicsCreateCore("inproc", "core", options, &error);
  check(&error, "core");
  helicsCoreConnect(core, &error);
  pthread_barrier_init(&all_ready, NULL, job->count + 1);
  for (int i = 0; i < job->count; i++) {
    all[i] = (Federate){.job = job, .index = i};
    create(&all[i], "", "core");
  }
  for (int i = 0; i < job->count; i++) pthread_create(&thread, NULL, run_thread, &all[i]);
  pthread_barrier_wait(&all_ready);
  for (int i = 0; i < job->count; i++) report(&all[i]);
  _Exit(0);
}

static void run_process(const Job *job, int index, const char *port) {
  HelicsError error = helicsErrorInitialize();
  Federate f = {.job = job, .index = index};
  char options[96];
  snprintf(options, sizeof options, "--coretype=zmq --brokerport=%s --broker_address=127.0.0.1", port);
  create(&f, options, NULL);
  run(&f);
  report(&f);
  helicsFederateDisconnect(f.handle, &error);
  helicsCloseLibrary();
}

int main(int count, char **words) {
  if (count < 9) return 2;
  Job job = {words[2], atoi(words[3]), atoi(words[4]), atoi(words[5]), atoi(words[6]), atoi(words[7]), atoi(words[8])};
  memset(text, '1', TEXT_LENGTH);
  if (strcmp(words[1], "threads") == 0) run_threads(&job);
  else if (count == 11) run_process(&job, atoi(words[9]), words[10]);
  else return 2;
  return 0;
}
