// SPDX-License-Identifier: Apache-2.0
package tulip.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What was measured of one peer in one case.
///
/// @param peer who was measured
/// @param name of the case
/// @param wall nanoseconds an operation
/// @param cpu nanoseconds of processor time an operation
/// @param more other numbers, by name
public record Figure(String peer, String name, double wall, double cpu, Map<String, Double> more) {
  private static final Pattern FIELD =
      Pattern.compile("\"(\\w+)\": *(?:\"([^\"]*)\"|([-+.\\deE]+))");

  /// A figure of which nothing else is known.
  public Figure(String peer, String name, double wall, double cpu) {
    this(peer, name, wall, cpu, new LinkedHashMap<>());
  }

  /// Adds a number.
  public Figure with(String key, double value) {
    more.put(key, value);
    return this;
  }

  /// A number that was added; NaN if it was not.
  public double get(String key) {
    return more.getOrDefault(key, Double.NaN);
  }

  /// The median of what was measured of a peer in a case again and again; NaN if it was not.
  public static double median(
      List<Figure> figures, String peer, String name, ToDoubleFunction<Figure> column) {
    var all =
        figures.stream()
            .filter(figure -> figure.name.equals(name) && figure.peer.equals(peer))
            .mapToDouble(column)
            .sorted()
            .toArray();
    return all.length == 0 ? Double.NaN : all[all.length / 2];
  }

  /// Reads the line of JSON that a peer in another process prints.
  ///
  /// @return `null` if the line is something else
  public static @Nullable Figure parse(String line) {
    var texts = new LinkedHashMap<String, String>();
    var numbers = new LinkedHashMap<String, Double>();
    var field = FIELD.matcher(line);
    while (field.find()) {
      if (field.group(2) != null) {
        texts.put(field.group(1), field.group(2));
      } else {
        numbers.put(field.group(1), Double.valueOf(field.group(3)));
      }
    }
    var peer = texts.get("peer");
    var name = texts.get("case");
    var wall = numbers.remove("ns_per_op");
    var cpu = numbers.remove("cpu_ns_per_op");
    if (!line.startsWith("{") || peer == null || name == null || wall == null || cpu == null) {
      return null;
    }
    return new Figure(peer, name, wall, cpu, numbers);
  }

  /// The line that [#parse] reads.
  public String toJson() {
    var json = new StringBuilder();
    json.append("{\"peer\": \"").append(peer).append("\", \"case\": \"").append(name).append('"');
    json.append(", \"ns_per_op\": ").append(wall).append(", \"cpu_ns_per_op\": ").append(cpu);
    more.forEach((key, value) -> json.append(", \"").append(key).append("\": ").append(value));
    return json.append('}').toString();
  }
}
