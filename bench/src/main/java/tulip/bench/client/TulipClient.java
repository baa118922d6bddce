// SPDX-License-Identifier: Apache-2.0
package tulip.bench.client;

import java.io.IOException;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.http.client.HttpSession;

/// Our session on one loop.
final class TulipClient {
  private TulipClient() {}

  /// Words as [Rounds] has them.
  public static void main(String[] words) throws Exception {
    Tulip.<Exception>run(() -> {
      try (var http = HttpSession.open()) {
        Rounds.measure(words, requests -> load(http, Rounds.url(words), requests));
      }
    });
  }

  private static void load(HttpSession http, String url, int requests) {
    try (var group = TaskGroup.open()) {
      for (int i = 0; i < Rounds.CONNECTIONS; i++) {
        group.start(() -> ask(http, url, requests / Rounds.CONNECTIONS));
      }
      group.join();
    }
  }

  private static void ask(HttpSession http, String url, int requests) throws IOException {
    for (int i = 0; i < requests; i++) {
      var response = http.get(url);
      if (!response.isSuccess() || response.bytes().isEmpty()) {
        throw new IOException("no answer: " + response);
      }
    }
  }
}
