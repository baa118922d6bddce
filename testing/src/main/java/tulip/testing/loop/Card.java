// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What came of the contract's cases on one loop, pack by pack.
final class Card {
  static final String LACKS = "the loop lacks ";

  private static final class Row {
    int passed;
    int failed;
    int left;

    int cases() {
      return passed + failed + left;
    }
  }

  private final String loop;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Map<String, Integer> reasons = new TreeMap<>();
  private final ArrayList<String> failures = new ArrayList<>();

  /// An empty card for a class that extends [LoopContract].
  Card(Class<?> contract) {
    loop =
        contract
            .getSimpleName()
            .replaceFirst("(Loop)?(Test|Contract)?$", "")
            .toLowerCase(Locale.ROOT);
    addRows(contract);
  }

  /// The card as it looks when every case that applies has passed.
  static Card expected(LoopContract contract) {
    var card = new Card(contract.getClass());
    for (Class<?> type = contract.getClass(); type != null; type = type.getSuperclass()) {
      for (var method : type.getDeclaredMethods()) {
        if (isCase(method)) {
          var missing = Applicability.missing(method, contract.capabilities());
          if (missing.isEmpty()) {
            card.passed(method);
          } else {
            card.left(method, LACKS + missing);
          }
        }
      }
    }
    return card;
  }

  private void addRows(Class<?> type) {
    if (type.getSuperclass() != null) {
      addRows(type.getSuperclass());
      for (var method : type.getDeclaredMethods()) {
        if (isCase(method)) {
          row(method);
        }
      }
    }
  }

  private static boolean isCase(Method method) {
    return method.isAnnotationPresent(Test.class) && !Modifier.isAbstract(method.getModifiers());
  }

  /// The loop's name, after that of the class.
  String loop() {
    return loop;
  }

  void passed(Method method) {
    row(method).passed++;
  }

  void failed(Method method, @Nullable Throwable cause) {
    row(method).failed++;
    failures.add(method.getName() + ": " + cause);
  }

  void left(Method method, String reason) {
    row(method).left++;
    reasons.merge(reason, 1, Integer::sum);
  }

  private Row row(Method method) {
    var pack = method.getDeclaringClass().getSimpleName().replaceFirst("Pack$", "");
    return rows.computeIfAbsent(pack, _ -> new Row());
  }

  /// How many cases apply.
  int applicable() {
    return rows.values().stream().mapToInt(row -> row.passed + row.failed).sum();
  }

  /// Why cases do not apply, and to how many; `nothing` if all do.
  String lacks() {
    var text = new StringJoiner(", ").setEmptyValue("nothing");
    reasons.forEach(
        (reason, count) -> text.add(reason.replace(LACKS, "") + " (" + count + " cases)"));
    return text.toString();
  }

  /// How many cases of each pack have passed on each loop, side by side.
  static String compare(List<Card> cards) {
    var text = new StringBuilder();
    var head = Stream.concat(Stream.of("pack", "cases"), cards.stream().map(Card::loop));
    line(text, head.toArray());
    var numbers = Stream.generate(() -> "--:").limit(cards.size() + 1L);
    line(text, Stream.concat(Stream.of("---"), numbers).toArray());
    for (var pack : cards.getFirst().rows.keySet()) {
      var rows = cards.stream().map(card -> card.rows.getOrDefault(pack, new Row())).toList();
      compare(text, pack, rows);
    }
    compare(text, "**all**", cards.stream().map(Card::sum).toList());
    return text.toString();
  }

  private static void compare(StringBuilder text, String pack, List<Row> rows) {
    var counts = rows.stream().map(row -> (Object) row.passed);
    line(text, Stream.concat(Stream.of(pack, rows.getFirst().cases()), counts).toArray());
  }

  private Row sum() {
    var all = new Row();
    for (var row : rows.values()) {
      all.passed += row.passed;
      all.failed += row.failed;
      all.left += row.left;
    }
    return all;
  }

  /// The counts, as a table.
  String text() {
    var text = new StringBuilder();
    line(text, "pack", "cases", "passed", "failed", "not applicable");
    line(text, "---", "--:", "--:", "--:", "--:");
    rows.forEach((pack, row) -> line(text, pack, row.cases(), row.passed, row.failed, row.left));
    var all = sum();
    line(text, "**all**", all.cases(), all.passed, all.failed, all.left);
    reasons.forEach((reason, count) ->
        text.append("\nNot applicable to ")
            .append(count)
            .append(": ")
            .append(reason)
            .append(".\n"));
    return text.toString();
  }

  /// The cases that failed, and the order in which they ran.
  String details() {
    var text = new StringBuilder("\nOrder seed ").append(Shuffled.seed()).append(".\n");
    for (var failure : failures) {
      text.append("\n- Failed: ").append(failure).append('\n');
    }
    return text.toString();
  }

  private static void line(StringBuilder text, Object... cells) {
    text.append('|');
    for (var cell : cells) {
      text.append(' ').append(cell).append(" |");
    }
    text.append('\n');
  }
}
