// SPDX-License-Identifier: Apache-2.0
//
// Answers GET /json as barely as it can be done: one thread, one epoll, no more of a request looked
// at than its first line and its end. Prints its port.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define ROOM (16 * 1024)

struct connection {
  int fd;
  int have; // bytes of requests that are not complete
  char in[ROOM];
};

static const char missing[] = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
static char out[64 * ROOM];
static char answer[512];
static int answer_length;
static time_t answer_second;

static void date(void) {
  time_t now = time(NULL);
  if (now == answer_second) return;
  answer_second = now;
  char text[64];
  strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", gmtime(&now));
  answer_length = sprintf(answer,
      "HTTP/1.1 200 OK\r\nServer: c\r\nDate: %s\r\nContent-Type: application/json\r\n"
      "Content-Length: 27\r\n\r\n{\"message\":\"Hello, World!\"}", text);
}

static long answer_all(struct connection *c) {
  char *at = c->in, *end = c->in + c->have, *blank;
  long n = 0;
  while ((blank = memmem(at, end - at, "\r\n\r\n", 4)) != NULL) {
    if (memcmp(at, "GET /json ", 10) == 0) {
      memcpy(out + n, answer, answer_length);
      n += answer_length;
    } else {
      memcpy(out + n, missing, sizeof missing - 1);
      n += sizeof missing - 1;
    }
    at = blank + 4;
  }
  c->have = end - at;
  memmove(c->in, at, c->have);
  return n;
}

static void serve(struct connection *c) {
  long n = read(c->fd, c->in + c->have, ROOM - c->have);
  if (n < 0 && errno == EAGAIN) return;
  if (n > 0) {
    c->have += n;
    long length = answer_all(c);
    if (length == 0 && c->have < ROOM) return;
    if (length > 0 && write(c->fd, out, length) == length) return; // clients take what they asked for
  }
  close(c->fd);
  free(c);
}

int main(void) {
  int on = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 4096) != 0) {
    perror("listen");
    return 1;
  }
  getsockname(listener, (struct sockaddr *)&address, &length);
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  int poller = epoll_create1(0);
  struct epoll_event self = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(poller, EPOLL_CTL_ADD, listener, &self);
  while (1) {
    struct epoll_event events[256];
    int n = epoll_wait(poller, events, 256, -1);
    date();
    for (int i = 0; i < n; i++) {
      if (events[i].data.ptr != NULL) {
        serve(events[i].data.ptr);
        continue;
      }
      int fd;
      while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct connection *c = malloc(sizeof *c);
        c->fd = fd;
        c->have = 0;
        struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
        epoll_ctl(poller, EPOLL_CTL_ADD, fd, &e);
      }
    }
  }
}
