// SPDX-License-Identifier: Apache-2.0
package tulip.bench.client;

import tulip.bench.Stopwatch;

/// What each measured client in Java does, in a process of its own: it sends requests until it is
/// warm, and then measures. Its words are: peer, case, URL, requests of a round, rounds.
final class Rounds {
  /// How many connections there are, each with one request at a time.
  static final int CONNECTIONS = 50;

  private static final int WARM = 3; // rounds

  /// Sends requests, [#CONNECTIONS] at a time.
  interface Load {
    void run(int requests) throws Exception;
  }

  private Rounds() {}

  /// The URL that is to be asked for.
  static String url(String[] words) {
    return words[2];
  }

  static void measure(String[] words, Load load) throws Exception {
    int requests = Integer.parseInt(words[3]);
    int rounds = Integer.parseInt(words[4]);
    for (int i = 0; i < WARM; i++) {
      load.run(requests);
    }
    for (int i = 0; i < rounds; i++) {
      var watch = new Stopwatch();
      load.run(requests);
      System.out.println(watch.figure(words[0], words[1], requests).toJson());
    }
  }
}
