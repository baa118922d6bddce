// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.bytes.MalformedException;

/// Names with values, in their order, of a query or a form; a name may come repeatedly. Immutable.
public final class Parameters {
  /// No parameter.
  public static final Parameters NONE = new Parameters(List.of(), List.of());

  private final List<String> names;
  private final List<String> values;

  private Parameters(List<String> names, List<String> values) {
    this.names = names;
    this.values = values;
  }

  /// Parameters from names and values in turn.
  ///
  /// @param namesAndValues an even number of texts: `of("page", "2", "tag", "a", "tag", "b")`
  public static Parameters of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a parameter without a value");
    }
    var names = new ArrayList<String>();
    var values = new ArrayList<String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      names.add(namesAndValues[i]);
      values.add(namesAndValues[i + 1]);
    }
    return new Parameters(List.copyOf(names), List.copyOf(values));
  }

  /// Parameters from a map, in its order.
  public static Parameters of(Map<String, String> map) {
    return new Parameters(List.copyOf(map.keySet()), List.copyOf(map.values()));
  }

  /// Reads `a=1&b=2`, percent-encoded.
  ///
  /// @throws MalformedException if it is not UTF-8 or wrongly encoded
  public static Parameters parse(String text) throws MalformedException {
    if (text.isEmpty()) {
      return NONE;
    }
    var names = new ArrayList<String>();
    var values = new ArrayList<String>();
    int from = 0;
    while (from <= text.length()) {
      int and = text.indexOf('&', from);
      int to = and < 0 ? text.length() : and;
      if (to > from) {
        add(text.substring(from, to), names, values);
      }
      from = to + 1;
    }
    return new Parameters(List.copyOf(names), List.copyOf(values));
  }

  private static void add(String pair, List<String> names, List<String> values)
      throws MalformedException {
    int equals = pair.indexOf('=');
    names.add(Percent.decodeForm(equals < 0 ? pair : pair.substring(0, equals)));
    values.add(equals < 0 ? "" : Percent.decodeForm(pair.substring(equals + 1)));
  }

  /// The same with one more, behind the others.
  public Parameters and(String name, String value) {
    var moreNames = new ArrayList<>(names);
    moreNames.add(name);
    var moreValues = new ArrayList<>(values);
    moreValues.add(value);
    return new Parameters(List.copyOf(moreNames), List.copyOf(moreValues));
  }

  /// The first value of a name, or null if it is not there.
  public @Nullable String first(String name) {
    int index = names.indexOf(name);
    return index < 0 ? null : values.get(index);
  }

  /// All values of a name, in their order.
  public List<String> all(String name) {
    var found = new ArrayList<String>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals(name)) {
        found.add(values.get(i));
      }
    }
    return List.copyOf(found);
  }

  /// The names, each once, in the order in which they first came.
  public Set<String> names() {
    return new LinkedHashSet<>(names);
  }

  /// The name of one value.
  ///
  /// @param index from 0
  public String name(int index) {
    return names.get(index);
  }

  /// One value.
  ///
  /// @param index from 0
  public String value(int index) {
    return values.get(index);
  }

  /// How many values there are.
  public int size() {
    return names.size();
  }

  /// {@return as `a=1&b=2`, percent-encoded, for a query or a form}
  public String format() {
    var text = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      text.append(i == 0 ? "" : "&")
          .append(Percent.encodeForm(names.get(i)))
          .append('=')
          .append(Percent.encodeForm(values.get(i)));
    }
    return text.toString();
  }

  /// {@return names alone: values may be secrets}
  @Override
  public String toString() {
    return names.toString();
  }
}
