// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The exchanges of a session whose responses were not read to their ends. When connections run
/// short, they say who may have forgotten to close one.
final class OpenExchanges {
  /// So many are named in a message.
  private static final int NAMED = 10;

  private final Set<Exchange> all = new LinkedHashSet<>();
  private final int crowd;

  /// @param most how many connections there may be
  OpenExchanges(int most) {
    crowd = most / 2 - 1;
  }

  void add(Exchange exchange) {
    all.add(exchange);
  }

  void remove(Exchange exchange) {
    all.remove(exchange);
  }

  List<Exchange> copy() {
    return List.copyOf(all);
  }

  /// Where a request is being sent, for messages: only if about half of the connections are in use,
  /// since to find out takes a microsecond.
  @Nullable Throwable place(ClientRequest request) {
    return all.size() < crowd ? null : new Throwable(request + " was sent here");
  }

  private Stream<Exchange> unread() {
    return all.stream().filter(Exchange::isAnswered).limit(NAMED);
  }

  /// Half a sentence for messages; empty if no response is open.
  String describe() {
    var named = unread().map(Exchange::describe).collect(Collectors.joining(", "));
    return named.isEmpty()
        ? ""
        : "; responses that were neither read to their ends nor closed: " + named;
  }

  /// Adds where they were asked for.
  <X extends Exception> X explained(X failure) {
    unread().map(Exchange::place).filter(place -> place != null).forEach(failure::addSuppressed);
    return failure;
  }
}
