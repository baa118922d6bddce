// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.bytes.MalformedException;
import tulip.http.protocol.Status;

/// Names with values, in their order, of a query or a form; a name may come repeatedly. Immutable.
public final class Parameters {
  /// More are refused: nobody fills in so many fields.
  private static final int MOST = 1000;

  static final Parameters NONE = new Parameters(List.of(), List.of());

  private final List<String> names;
  private final List<String> values;

  private Parameters(List<String> names, List<String> values) {
    this.names = names;
    this.values = values;
  }

  /// Reads `a=1&b=2`, percent-encoded.
  ///
  /// @throws HttpError 400 if it is not UTF-8 or wrongly encoded, 413 for more than a thousand
  static Parameters parse(String text) {
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

  private static void add(String pair, List<String> names, List<String> values) {
    if (names.size() == MOST) {
      throw new HttpError(Status.CONTENT_TOO_LARGE, "more than " + MOST + " parameters");
    }
    int equals = pair.indexOf('=');
    try {
      names.add(Percent.decodeForm(equals < 0 ? pair : pair.substring(0, equals)));
      values.add(equals < 0 ? "" : Percent.decodeForm(pair.substring(equals + 1)));
    } catch (MalformedException e) {
      throw HttpError.of(Status.BAD_REQUEST, e);
    }
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

  /// How many values there are.
  public int size() {
    return names.size();
  }

  /// {@return names alone: values may be secrets}
  @Override
  public String toString() {
    return names.toString();
  }
}
