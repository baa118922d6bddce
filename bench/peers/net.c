// SPDX-License-Identifier: Apache-2.0
//
// An echo server as bare as it can be: one thread, one epoll, one buffer. Prints its port.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

struct connection {
  int fd;
  long begin, end; // what the peer has not taken yet, in `rest`
  char *rest;
};

static char buffer[64 * 1024];
static int poller;

static void watch(struct connection *c, int how, unsigned events) {
  struct epoll_event e = {.events = events, .data.ptr = c};
  epoll_ctl(poller, how, c->fd, &e);
}

static void drop(struct connection *c) {
  close(c->fd);
  free(c->rest);
  free(c);
}

static void keep(struct connection *c, const char *from, long n) {
  c->rest = malloc(n);
  memcpy(c->rest, from, n);
  c->begin = 0;
  c->end = n;
  watch(c, EPOLL_CTL_MOD, EPOLLOUT); // no more is read until it is gone
}

static void echo(struct connection *c) {
  long n = read(c->fd, buffer, sizeof buffer);
  if (n < 0 && errno == EAGAIN) return;
  if (n <= 0) {
    drop(c);
    return;
  }
  long written = write(c->fd, buffer, n);
  if (written < 0 && errno != EAGAIN) {
    drop(c);
  } else if (written < n) {
    if (written < 0) written = 0;
    keep(c, buffer + written, n - written);
  }
}

static void go_on(struct connection *c) {
  long n = write(c->fd, c->rest + c->begin, c->end - c->begin);
  if (n < 0) {
    if (errno != EAGAIN) drop(c);
    return;
  }
  c->begin += n;
  if (c->begin == c->end) {
    free(c->rest);
    c->rest = NULL;
    watch(c, EPOLL_CTL_MOD, EPOLLIN);
  }
}

static void accept_all(int listener) {
  int fd, on = 1;
  while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct connection *c = calloc(1, sizeof *c);
    c->fd = fd;
    watch(c, EPOLL_CTL_ADD, EPOLLIN);
  }
}

int main(void) {
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  int on = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 4096) != 0) {
    perror("listen");
    return 1;
  }
  getsockname(listener, (struct sockaddr *)&address, &length);
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  poller = epoll_create1(0);
  struct connection self = {.fd = listener};
  watch(&self, EPOLL_CTL_ADD, EPOLLIN);
  while (1) {
    struct epoll_event events[256];
    int n = epoll_wait(poller, events, 256, -1);
    for (int i = 0; i < n; i++) {
      struct connection *c = events[i].data.ptr;
      if (c == &self) {
        accept_all(listener);
      } else if (c->rest != NULL) {
        go_on(c);
      } else {
        echo(c);
      }
    }
  }
}
