// SPDX-License-Identifier: Apache-2.0
package tulip.bench.web;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tulip.bench.Figure;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.websocket.ConnectOptions;
import tulip.websocket.WebSocket;
import tulip.websocket.WebSocketOptions;

/// Talks to a WebSocket server, in a process of its own. Prints [#WARM] when what counts begins,
/// and then a figure.
final class WebSocketLoad {
  static final String WARM = "warm";

  private static final int WARM_SECONDS = 4;
  private static final int TALKERS = 50;
  private static final int LISTENERS = 5_000;
  private static final int SIZE = 128;
  private static final int MANY = 50_000_000;

  /// Not compressed: that is another measurement.
  private static final ConnectOptions PLAIN =
      ConnectOptions.DEFAULT.withSocket(WebSocketOptions.CLIENT.withDeflate(null));

  private final URI place;
  private final long begin = System.nanoTime() + TimeUnit.SECONDS.toNanos(WARM_SECONDS);
  private final long end;
  private long[] latencies = new long[1 << 16];
  private int count;
  private boolean warm;

  private WebSocketLoad(URI place, long seconds) {
    this.place = place;
    this.end = begin + TimeUnit.SECONDS.toNanos(seconds);
  }

  /// Words: echo or room, port, seconds.
  public static void main(String[] words) throws Exception {
    var load =
        new WebSocketLoad(
            URI.create("ws://127.0.0.1:" + words[1] + "/" + words[0]), Long.parseLong(words[2]));
    Tulip.<Exception>run(() -> {
      if (words[0].equals("echo")) {
        load.talk();
      } else {
        load.listen();
      }
    });
    System.out.println(load.figure(words[0]).toJson());
    Runtime.getRuntime().halt(0); // thousands of good-byes measure nothing
  }

  private void talk() {
    try (var group = TaskGroup.open()) {
      for (int i = 0; i < TALKERS; i++) {
        group.start(this::talkOnce);
      }
      group.join();
    }
  }

  private void talkOnce() throws IOException {
    var text = "x".repeat(SIZE);
    try (var socket = WebSocket.connect(place, PLAIN)) {
      for (long now = System.nanoTime(); now < end; ) {
        long sent = now;
        socket.send(text);
        if (!text.equals(socket.receiveText())) {
          throw new IOException("no echo");
        }
        now = System.nanoTime();
        count(sent, now);
      }
    }
  }

  /// One speaks when all have heard what was said before.
  private void listen() throws Exception {
    var sockets = new ArrayList<WebSocket>();
    for (int i = 0; i < LISTENERS; i++) {
      sockets.add(WebSocket.connect(place, PLAIN));
    }
    while (System.nanoTime() < end) {
      sockets.getFirst().send(Long.toString(System.nanoTime()));
      hearAll(sockets);
    }
  }

  private void hearAll(List<WebSocket> sockets) throws IOException {
    for (var socket : sockets) {
      var text = socket.receiveText();
      if (text == null) {
        throw new IOException("a listener was thrown out");
      }
      count(Long.parseLong(text), System.nanoTime());
    }
  }

  private void count(long sent, long now) {
    if (now < begin) {
      return;
    }
    if (!warm) {
      warm = true;
      System.out.println(WARM);
    }
    if (count == latencies.length && count < MANY) {
      latencies = Arrays.copyOf(latencies, 2 * count);
    }
    latencies[count++] = now - sent;
  }

  private Figure figure(String which) {
    var sorted = Arrays.copyOf(latencies, count);
    Arrays.sort(sorted);
    return new Figure("", which, (double) (end - begin) / count, 0)
        .with("count", count)
        .with("p50", sorted[count / 2] / 1e6)
        .with("p99", sorted[(int) (count * 0.99)] / 1e6);
  }
}
