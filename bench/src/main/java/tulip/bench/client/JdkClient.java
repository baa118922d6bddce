// SPDX-License-Identifier: Apache-2.0
package tulip.bench.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The JDK's client, asked by virtual threads.
final class JdkClient {
  private JdkClient() {}

  /// Words as [Rounds] has them.
  public static void main(String[] words) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(Rounds.url(words))).build();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var client =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build()) {
      Rounds.measure(
          words,
          requests -> {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < Rounds.CONNECTIONS; i++) {
              done.add(threads.submit(() -> ask(client, request, requests / Rounds.CONNECTIONS)));
            }
            for (var each : done) {
              each.get();
            }
          });
    }
  }

  private static int ask(HttpClient client, HttpRequest request, int requests) throws Exception {
    for (int i = 0; i < requests; i++) {
      var response = client.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() != 200 || response.body().length == 0) {
        throw new IOException("no answer: " + response);
      }
    }
    return requests;
  }
}
