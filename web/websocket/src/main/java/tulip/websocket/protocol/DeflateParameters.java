// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What both ends have agreed on about compression (RFC 7692, section 7.1).
///
/// @param serverTakeover whether the server's messages may refer back to others
/// @param clientTakeover whether the client's may
/// @param serverBits the window of what the server sends: 2 to the power of 8 to 15
/// @param clientBits the window of what the client sends
public record DeflateParameters(
    boolean serverTakeover, boolean clientTakeover, int serverBits, int clientBits) {
  static final String NAME = "permessage-deflate";
  static final int LARGEST_WINDOW = 15;

  private static final int SMALLEST_WINDOW = 8;
  private static final String SERVER_NO_TAKEOVER = "server_no_context_takeover";
  private static final String CLIENT_NO_TAKEOVER = "client_no_context_takeover";
  private static final String SERVER_BITS = "server_max_window_bits";
  private static final String CLIENT_BITS = "client_max_window_bits";

  static boolean isWindow(int bits) {
    return bits >= SMALLEST_WINDOW && bits <= LARGEST_WINDOW;
  }

  // ---- the server ----

  /// An offer that a server has taken.
  ///
  /// @param parameters what holds from now on
  /// @param response what the client is told
  record Agreement(DeflateParameters parameters, String response) {}

  /// Answers the first offer that can be met.
  ///
  /// @return null if there is none: then nothing is compressed
  static @Nullable Agreement agree(List<Extension> offers, DeflateOptions options) {
    for (var offer : offers) {
      if (offer.name().equals(NAME) && isOffer(offer.parameters())) {
        return agree(offer.parameters(), options);
      }
    }
    return null;
  }

  private static boolean isOffer(Map<String, String> parameters) {
    for (var parameter : parameters.entrySet()) {
      var value = parameter.getValue();
      boolean good =
          switch (parameter.getKey()) {
            case SERVER_NO_TAKEOVER, CLIENT_NO_TAKEOVER -> value.isEmpty();
            case SERVER_BITS -> bits(value) > 0;
            case CLIENT_BITS -> value.isEmpty() || bits(value) > 0;
            default -> false;
          };
      if (!good) {
        return false;
      }
    }
    return true;
  }

  private static Agreement agree(Map<String, String> offer, DeflateOptions options) {
    var response = new ArrayList<>(List.of(NAME));
    boolean serverTakeover = options.sendTakeover() && !offer.containsKey(SERVER_NO_TAKEOVER);
    if (!serverTakeover) {
      response.add(SERVER_NO_TAKEOVER);
    }
    boolean clientTakeover = options.receiveTakeover() && !offer.containsKey(CLIENT_NO_TAKEOVER);
    if (!clientTakeover) {
      response.add(CLIENT_NO_TAKEOVER);
    }
    int serverBits = options.sendBits();
    if (offer.containsKey(SERVER_BITS)) {
      serverBits = Math.min(serverBits, bits(offer.getOrDefault(SERVER_BITS, "")));
      response.add(SERVER_BITS + "=" + serverBits);
    }
    int clientBits = LARGEST_WINDOW;
    var offered = offer.get(CLIENT_BITS);
    if (offered != null) { // else it may not be answered
      clientBits =
          Math.min(options.receiveBits(), offered.isEmpty() ? LARGEST_WINDOW : bits(offered));
      response.add(CLIENT_BITS + "=" + clientBits);
    }
    return new Agreement(
        new DeflateParameters(serverTakeover, clientTakeover, serverBits, clientBits),
        String.join("; ", response));
  }

  // ---- the client ----

  /// What a client offers.
  static String offer(DeflateOptions options) {
    var wish = new ArrayList<>(List.of(NAME));
    if (!options.receiveTakeover()) {
      wish.add(SERVER_NO_TAKEOVER);
    }
    if (!options.sendTakeover()) {
      wish.add(CLIENT_NO_TAKEOVER);
    }
    if (options.receiveBits() < LARGEST_WINDOW) {
      wish.add(SERVER_BITS + "=" + options.receiveBits());
    }
    wish.add(CLIENT_BITS);
    return String.join("; ", wish);
  }

  /// Reads what the server has agreed on.
  ///
  /// @return null if the server may not agree on that
  static @Nullable DeflateParameters agreed(Extension response, DeflateOptions options) {
    var parameters = response.parameters();
    if (!response.name().equals(NAME)
        || !isOffer(parameters)
        || "".equals(parameters.get(CLIENT_BITS))) {
      return null;
    }
    boolean serverTakeover = !parameters.containsKey(SERVER_NO_TAKEOVER);
    int serverBits = bits(parameters.getOrDefault(SERVER_BITS, "15"));
    int clientBits = bits(parameters.getOrDefault(CLIENT_BITS, "15"));
    if ((serverTakeover && !options.receiveTakeover()) || serverBits > options.receiveBits()) {
      return null;
    }
    return new DeflateParameters(
        serverTakeover,
        options.sendTakeover() && !parameters.containsKey(CLIENT_NO_TAKEOVER),
        serverBits,
        Math.min(clientBits, options.sendBits()));
  }

  /// A number of bits, without a leading zero.
  ///
  /// @return -1 if it is none
  private static int bits(String value) {
    for (int bits = SMALLEST_WINDOW; bits <= LARGEST_WINDOW; bits++) {
      if (value.equals(Integer.toString(bits))) {
        return bits;
      }
    }
    return -1;
  }
}
