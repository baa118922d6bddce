// SPDX-License-Identifier: Apache-2.0
//
// The client of the network benchmarks: one thread, one epoll.
//
//   netload echo PORT CONNECTIONS SIZE SECONDS     sends SIZE bytes on each, waits for them, again
//   netload stream PORT CONNECTIONS SIZE SECONDS   sends and reads at the same time, all it can
//   netload reset PORT CONNECTIONS SIZE SECONDS    connects, exchanges SIZE bytes, resets, again
//   netload close PORT CONNECTIONS SIZE SECONDS    the same, but ends its side and waits for the server's end
//   netload hold PORT CONNECTIONS SIZE             exchanges once, says "ready", holds until its input ends
//
// Prints how many messages came back whole, and in how many seconds.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum mode { ECHO, STREAM, RESET, CLOSE, HOLD };

#define MODES 5

struct connection {
  int fd;
  long sent;
  long received;
};

static enum mode mode;
static long size;
static int poller;
static struct sockaddr_in server, self;
static long messages;
static char *out, *in;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void watch(struct connection *c, int how, unsigned events) {
  struct epoll_event e = {.events = events, .data.ptr = c};
  if (epoll_ctl(poller, how, c->fd, &e) != 0) fail("epoll_ctl");
}

static void send_some(struct connection *c) {
  while (mode == STREAM || c->sent < size) {
    long n = write(c->fd, out, mode == STREAM ? size : size - c->sent);
    if (n < 0) {
      if (errno == EAGAIN) return;
      fail("write");
    }
    c->sent += n;
  }
}

// A closed connection keeps its port for a minute: one address has too few of them.
static void bind_next(struct connection *c) {
  int on = 1;
  static unsigned turn;
  setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  self.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + turn++ % 200);
  if (bind(c->fd, (struct sockaddr *)&self, sizeof self) != 0) fail("bind");
}

static void open_one(struct connection *c) {
  int on = 1;
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (c->fd < 0) fail("socket");
  if (mode == CLOSE) bind_next(c);
  if (connect(c->fd, (struct sockaddr *)&server, sizeof server) != 0) fail("connect");
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  fcntl(c->fd, F_SETFL, O_NONBLOCK);
  c->sent = c->received = 0;
  watch(c, EPOLL_CTL_ADD, mode == STREAM ? EPOLLIN | EPOLLOUT | EPOLLET : EPOLLIN);
  send_some(c);
}

static void reset_one(struct connection *c) {
  struct linger none = {.l_onoff = 1, .l_linger = 0};
  setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &none, sizeof none);
  close(c->fd);
}

static void complete(struct connection *c) {
  messages++;
  c->received -= size;
  if (mode == ECHO) {
    c->sent = 0;
    send_some(c);
  } else if (mode == RESET) {
    reset_one(c);
    open_one(c);
  } else if (mode == CLOSE) {
    shutdown(c->fd, SHUT_WR);
  }
}

static void end(struct connection *c) {
  if (mode != CLOSE || c->sent < size) fail("read");
  close(c->fd);
  open_one(c);
}

// Returns whether there may be more.
static int receive(struct connection *c) {
  long n = read(c->fd, in, mode == STREAM || mode == CLOSE ? size : size - c->received);
  if (n < 0 && errno == EAGAIN) return 0;
  if (n == 0) {
    end(c);
    return 0;
  }
  if (n < 0) fail("read");
  c->received += n;
  while (c->received >= size) {
    complete(c);
    if (mode != STREAM) return 0;
  }
  return mode == STREAM;
}

static void turn(int timeout) {
  struct epoll_event events[256];
  int n = epoll_wait(poller, events, 256, timeout);
  for (int i = 0; i < n; i++) {
    struct connection *c = events[i].data.ptr;
    send_some(c);
    while ((events[i].events & ~EPOLLOUT) && receive(c)) send_some(c);
  }
}

int main(int count, char **words) {
  const char *modes[MODES] = {"echo", "stream", "reset", "close", "hold"};
  if (count < 5) return 2;
  for (int i = 0; i < MODES; i++) {
    if (strcmp(words[1], modes[i]) == 0) mode = i;
  }
  server.sin_family = self.sin_family = AF_INET;
  server.sin_port = htons(atoi(words[2]));
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int connections = atoi(words[3]);
  size = atol(words[4]);
  double seconds = count > 5 ? atof(words[5]) : 60;
  out = calloc(1, size);
  in = malloc(size);
  poller = epoll_create1(0);
  struct connection *all = calloc(connections, sizeof *all);
  double begin = now();
  for (int i = 0; i < connections; i++) open_one(&all[i]);
  while (now() - begin < seconds && (mode != HOLD || messages < connections)) turn(100);
  printf("%ld %.6f\n", messages, now() - begin);
  fflush(stdout);
  if (mode == HOLD) {
    if (messages < connections) return 1;
    puts("ready");
    fflush(stdout);
    while (getchar() != EOF) {
    }
  }
  for (int i = 0; i < connections; i++) reset_one(&all[i]);
  return 0;
}
