// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/// How many connections several stocks may have together.
///
/// Where there is no room left the connection that has been idle longest makes some. What becomes
/// free goes round among the stocks that want it.
final class Budget {
  private final int total;
  private final Collection<? extends Stock<?>> stocks;
  private final LinkedHashSet<Stock<?>> wanting = new LinkedHashSet<>();
  private int used;

  /// How many are being closed to make room.
  private int evicted;

  /// @param stocks all that share the budget, as they come and go
  Budget(int total, Collection<? extends Stock<?>> stocks) {
    this.total = total;
    this.stocks = stocks;
  }

  /// No limit but that of the stock itself.
  static Budget unlimited() {
    return new Budget(Integer.MAX_VALUE, List.of());
  }

  int used() {
    return used;
  }

  /// Takes room for one more connection; if there is none, the stock is told later.
  boolean take(Stock<?> stock) {
    if (used < total) {
      used++;
      wanting.remove(stock);
      return true;
    }
    wanting.add(stock);
    makeRoom();
    return false;
  }

  /// The stock has nobody any more for whom it wants a connection.
  void forget(Stock<?> stock) {
    wanting.remove(stock);
  }

  /// A connection is gone.
  ///
  /// @param wasEvicted whether that was to make room
  void free(boolean wasEvicted) {
    used--;
    evicted -= wasEvicted ? 1 : 0;
    while (used < total && !wanting.isEmpty()) {
      wanting.removeFirst().grow();
    }
    makeRoom();
  }

  /// Closes idle connections if somebody wants their room.
  void makeRoom() {
    while (evicted < wanting.size()) {
      var longest =
          stocks.stream()
              .filter(Stock::hasIdle)
              .min(Comparator.comparingLong(Stock::idleSince))
              .orElse(null);
      if (longest == null) {
        return;
      }
      evicted++;
      longest.evict();
    }
  }
}
