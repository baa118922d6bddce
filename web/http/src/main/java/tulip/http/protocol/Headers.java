// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The fields of a head, or the trailers after a body, in their order; a name may come repeatedly.
///
/// Names are equal whatever the case of their letters. Values are text of ISO 8859-1 without blanks
/// around them: each character is one byte of what was sent, so that nothing is lost of what is not
/// ASCII.
///
/// Immutable: [#builder] and [#toBuilder] make others. For any thread.
///
/// Received values stay bytes until somebody asks for them, since most are never read. So the whole
/// head stays in memory as long as its fields.
public final class Headers {
  /// No field.
  public static final Headers EMPTY = new Headers(new HeaderName[0], new String[0]);

  private static final Set<HeaderName> SECRET =
      Set.of(
          HeaderName.AUTHORIZATION,
          HeaderName.PROXY_AUTHORIZATION,
          HeaderName.COOKIE,
          HeaderName.SET_COOKIE);

  private static final byte[] NO_BLOCK = {};
  private static final int[] NO_SPANS = {};

  private final HeaderName[] names;
  private final @Nullable String[] values; // null until asked for; a race writes equal values
  private final byte[] block;
  private final int[] spans; // for each field where its value begins and ends in the block

  private Headers(HeaderName[] names, String[] values) {
    this.names = names;
    this.values = values;
    this.block = NO_BLOCK;
    this.spans = NO_SPANS;
  }

  /// Fields whose values are still bytes. All arrays belong to the result.
  Headers(HeaderName[] names, byte[] block, int[] spans) {
    this.names = names;
    this.values = new String[names.length];
    this.block = block;
    this.spans = spans;
  }

  /// Fields from names and values in turn.
  ///
  /// @param namesAndValues an even number of texts: `of("Content-Type", "text/plain")`
  /// @throws IllegalArgumentException for text that cannot be sent, or an odd number
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a header name without a value");
    }
    var builder = builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  /// A builder without fields.
  public static Builder builder() {
    return new Builder(EMPTY);
  }

  /// A builder that has these fields.
  public Builder toBuilder() {
    return new Builder(this);
  }

  /// These fields with one in place of all others of its name; it stands last. As
  /// `toBuilder().set(name, value).build()`, in one step.
  ///
  /// @throws IllegalArgumentException if the value cannot be sent
  public Headers with(HeaderName name, String value) {
    if (contains(name)) {
      return toBuilder().set(name, value).build();
    }
    FieldText.checkValue(name, value);
    int size = names.length;
    var longerNames = Arrays.copyOf(names, size + 1);
    var longerValues = new String[size + 1];
    for (int i = 0; i < size; i++) {
      longerValues[i] = value(i);
    }
    longerNames[size] = name;
    longerValues[size] = value;
    return new Headers(longerNames, longerValues);
  }

  /// How many fields there are; a name that comes twice counts twice.
  public int size() {
    return names.length;
  }

  /// Whether there are none.
  public boolean isEmpty() {
    return names.length == 0;
  }

  /// The name of one field.
  ///
  /// @param index from 0
  public HeaderName name(int index) {
    return names[index];
  }

  /// The value of one field.
  ///
  /// @param index from 0
  public String value(int index) {
    var value = values[index];
    if (value == null) {
      int from = spans[2 * index];
      value = new String(block, from, spans[2 * index + 1] - from, StandardCharsets.ISO_8859_1);
      values[index] = value;
    }
    return value;
  }

  /// Whether there is a field of this name.
  public boolean contains(HeaderName name) {
    return indexOf(name, 0) >= 0;
  }

  /// The value of the first field of this name, or null.
  public @Nullable String first(HeaderName name) {
    int index = indexOf(name, 0);
    return index < 0 ? null : value(index);
  }

  /// The value of the first field of this name, or null.
  ///
  /// @param name in any case
  /// @throws IllegalArgumentException if no field can have this name
  public @Nullable String first(String name) {
    return first(HeaderName.of(name));
  }

  /// The values of all fields of this name, in their order; each as it came.
  public List<String> all(HeaderName name) {
    var found = new ArrayList<String>();
    for (int i = indexOf(name, 0); i >= 0; i = indexOf(name, i + 1)) {
      found.add(value(i));
    }
    return List.copyOf(found);
  }

  /// The elements of a field whose value is a list (RFC 9110, section 5.6.1), of all fields of this
  /// name together. Commas within quotes part nothing, and empty elements are left out.
  ///
  /// Not for `Set-Cookie`, whose value is no list though it may have commas.
  public List<String> list(HeaderName name) {
    var elements = new ArrayList<String>();
    for (int i = indexOf(name, 0); i >= 0; i = indexOf(name, i + 1)) {
      ListSyntax.split(value(i), ',', elements);
    }
    return List.copyOf(elements);
  }

  /// Calls for each field, in order.
  public void forEach(BiConsumer<? super HeaderName, ? super String> action) {
    for (int i = 0; i < names.length; i++) {
      action.accept(names[i], value(i));
    }
  }

  private int indexOf(HeaderName name, int from) {
    for (int i = from; i < names.length; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /// Whether the same names have the same values in the same order.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Headers that
            && Arrays.equals(names, that.names)
            && valueList().equals(that.valueList()));
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(names) + valueList().hashCode();
  }

  private List<String> valueList() {
    var list = new ArrayList<String>(names.length);
    forEach((_, value) -> list.add(value));
    return list;
  }

  /// {@return the fields, for people: values that are secrets, such as cookies, are not shown}
  @Override
  public String toString() {
    var text = new StringBuilder("{");
    forEach((name, value) ->
        text.append(text.length() == 1 ? "" : ", ")
            .append(name)
            .append(": ")
            .append(SECRET.contains(name) ? "***" : value));
    return text.append('}').toString();
  }

  /// Puts fields together. Every name and value is checked when it comes in, so that what is built
  /// can be sent. Methods return this builder; for one thread.
  public static final class Builder {
    private final List<HeaderName> names;
    private final List<String> values;

    private Builder(Headers start) {
      names = new ArrayList<>(Arrays.asList(start.names));
      values = start.valueList();
    }

    /// Adds a field after the others.
    ///
    /// @param name may be there already
    /// @param value characters up to U+00FF without control characters, and without blanks around
    /// @return this
    /// @throws IllegalArgumentException if the value cannot be sent
    public Builder add(HeaderName name, String value) {
      FieldText.checkValue(name, value);
      names.add(name);
      values.add(value);
      return this;
    }

    /// Adds a field after the others.
    ///
    /// @param name a token
    /// @param value as above
    /// @return this
    public Builder add(String name, String value) {
      return add(HeaderName.of(name), value);
    }

    /// Adds all fields of others after these.
    ///
    /// @param others in their order
    /// @return this
    public Builder addAll(Headers others) {
      others.forEach(this::add);
      return this;
    }

    /// Replaces all fields of a name by one; it stands last.
    ///
    /// @param name may be there already
    /// @param value as above
    /// @return this
    public Builder set(HeaderName name, String value) {
      FieldText.checkValue(name, value);
      return remove(name).add(name, value);
    }

    /// Replaces all fields of a name by one; it stands last.
    ///
    /// @param name a token
    /// @param value as above
    /// @return this
    public Builder set(String name, String value) {
      return set(HeaderName.of(name), value);
    }

    /// Takes all fields of a name out.
    ///
    /// @param name need not be there
    /// @return this
    public Builder remove(HeaderName name) {
      Objects.requireNonNull(name);
      for (int i = names.size() - 1; i >= 0; i--) {
        if (names.get(i).equals(name)) {
          names.remove(i);
          values.remove(i);
        }
      }
      return this;
    }

    /// {@return the fields so far; the builder may go on}
    public Headers build() {
      return names.isEmpty()
          ? EMPTY
          : new Headers(names.toArray(new HeaderName[0]), values.toArray(new String[0]));
    }
  }
}
