// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;

/// What a client would rather have: an Accept field or one of its kin (RFC 9110, section 12).
///
/// Elements that make no sense are passed over. Without any element, everything is welcome.
public final class Preferences {
  private static final int FULL = 1000; // weights count in thousandths
  private static final Pattern WEIGHT = Pattern.compile("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?");

  private record Choice(MediaType range, int weight) {}

  private final List<Choice> choices;

  private Preferences(List<Choice> choices) {
    this.choices = choices;
  }

  /// Reads all fields of a name.
  ///
  /// @param headers the request's
  /// @param name `Accept`, `Accept-Encoding`, `Accept-Language` or `Accept-Charset`
  public static Preferences of(Headers headers, HeaderName name) {
    var choices = new ArrayList<Choice>();
    for (var element : headers.list(name)) {
      var choice = parse(element);
      if (choice != null) {
        choices.add(choice);
      }
    }
    return new Preferences(choices);
  }

  /// A word such as `gzip` is taken for a type without a subtype, so that both kinds are one.
  private static @Nullable Choice parse(String element) {
    var reader = new FieldReader(element);
    var type = reader.lowerToken();
    var subtype = reader.skip('/') ? reader.lowerToken() : "";
    var parameters = new LinkedHashMap<>(reader.parameters());
    var quality = parameters.remove("q");
    int weight = quality == null ? FULL : weight(quality);
    return reader.isGood() && weight >= 0
        ? new Choice(new MediaType(type, subtype, parameters), weight)
        : null;
  }

  /// Thousandths, or -1 if it is no weight (RFC 9110, section 12.4.2).
  private static int weight(String quality) {
    if (!WEIGHT.matcher(quality).matches()) {
      return -1;
    }
    var digits = quality.length() > 2 ? quality.substring(2) : "";
    return FULL * (quality.charAt(0) - '0') + Integer.parseInt((digits + "000").substring(0, 3));
  }

  /// The media type that the client likes best; of equals the first that is offered.
  ///
  /// @param offered what there is, the server's favourite first
  /// @return null if the client wants none of them
  public @Nullable MediaType bestMediaType(List<MediaType> offered) {
    return best(offered, this::weightOf);
  }

  /// The coding or charset that the client likes best; of equals the first that is offered.
  ///
  /// @param offered what there is, the server's favourite first; `identity` is welcome unless it is
  ///   refused by name or by `*`
  /// @return null if the client wants none of them
  public @Nullable String bestOf(List<String> offered) {
    return best(offered, this::weightOfWord);
  }

  /// The language that the client likes best (RFC 4647, section 3.4: `de-CH` is offered `de`, too).
  ///
  /// @param offered what there is, the server's favourite first
  /// @return null if the client wants none of them
  public @Nullable String bestLanguage(List<String> offered) {
    return best(offered, this::weightOfLanguage);
  }

  private static <T> @Nullable T best(List<T> offered, ToIntFunction<T> weights) {
    T best = null;
    int highest = 0;
    for (T each : offered) {
      int weight = weights.applyAsInt(each);
      if (weight > highest) {
        best = each;
        highest = weight;
      }
    }
    return best;
  }

  private int weightOf(MediaType type) {
    if (choices.isEmpty()) {
      return FULL;
    }
    int precision = -1;
    int weight = 0;
    for (var choice : choices) {
      if (choice.range.precision() > precision && choice.range.includes(type)) {
        precision = choice.range.precision();
        weight = choice.weight;
      }
    }
    return weight;
  }

  private int weightOfWord(String word) {
    var lower = word.toLowerCase(Locale.ROOT);
    int weight = exact(lower);
    if (weight < 0) {
      weight = exact("*");
    }
    if (weight < 0) {
      weight = choices.isEmpty() ? FULL : lower.equals("identity") ? 1 : 0;
    }
    return weight;
  }

  private int weightOfLanguage(String language) {
    var lower = language.toLowerCase(Locale.ROOT);
    int weight = exact(lower);
    for (var choice : choices) { // a more general one than the client asks for, or a narrower
      var wanted = choice.range.type();
      if (weight < 0 && (wanted.startsWith(lower + "-") || lower.startsWith(wanted + "-"))) {
        weight = choice.weight;
      }
    }
    return weight >= 0 ? weight : choices.isEmpty() ? FULL : Math.max(0, exact("*"));
  }

  private int exact(String word) {
    for (var choice : choices) {
      if (choice.range.type().equals(word)) {
        return choice.weight;
      }
    }
    return -1;
  }
}
