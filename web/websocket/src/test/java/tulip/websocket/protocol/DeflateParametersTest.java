// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tulip.bytes.MalformedException;
import tulip.http.protocol.Headers;

/// RFC 7692, section 7.1: what is offered, and what is agreed on.
class DeflateParametersTest {
  private static List<Extension> extensions(String field) throws MalformedException {
    return Extension.parse(Headers.of("Sec-WebSocket-Extensions", field));
  }

  private static @Nullable String answer(String offers, DeflateOptions options)
      throws MalformedException {
    var agreement = DeflateParameters.agree(extensions(offers), options);
    return agreement == null
        ? "no"
        : agreement.response().replace("permessage-deflate", "yes")
            + " -> "
            + show(agreement.parameters());
  }

  private static String show(DeflateParameters parameters) {
    return parameters.serverBits()
        + (parameters.serverTakeover() ? "+" : "")
        + " "
        + parameters.clientBits()
        + (parameters.clientTakeover() ? "+" : "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "permessage-deflate | yes -> 12+ 15+",
        "permessage-deflate; client_max_window_bits | yes; client_max_window_bits=12 -> 12+ 12+",
        "permessage-deflate; client_max_window_bits=10 | yes; client_max_window_bits=10 -> 12+ 10+",
        "permessage-deflate; client_max_window_bits=14 | yes; client_max_window_bits=12 -> 12+ 12+",
        "permessage-deflate; server_max_window_bits=9 | yes; server_max_window_bits=9 -> 9+ 15+",
        "permessage-deflate; server_max_window_bits=15 | yes; server_max_window_bits=12 -> 12+ 15+",
        "permessage-deflate; server_max_window_bits=\"8\" | yes; server_max_window_bits=8 -> 8+ 15+",
        "permessage-deflate; server_no_context_takeover | yes; server_no_context_takeover -> 12 15+",
        "permessage-deflate; client_no_context_takeover | yes; client_no_context_takeover -> 12+ 15",
        "x; y=1, permessage-deflate | yes -> 12+ 15+",
        "permessage-deflate; what, permessage-deflate | yes -> 12+ 15+",
        "permessage-deflate; what | no",
        "permessage-deflate; server_max_window_bits | no",
        "permessage-deflate; server_max_window_bits=7 | no",
        "permessage-deflate; server_max_window_bits=16 | no",
        "permessage-deflate; server_max_window_bits=010 | no",
        "permessage-deflate; server_no_context_takeover=1 | no",
        "permessage-deflate; client_max_window_bits; client_max_window_bits | no",
        "permessage-deflate; client_no_context_takeover; client_no_context_takeover | no",
        "permessage-bzip2 | no"
      })
  void whatAServerAnswers(String offers, String expected) throws MalformedException {
    assertEquals(expected, answer(offers, DeflateOptions.SERVER));
  }

  @Test
  void aServerThatKeepsNothing() throws MalformedException {
    assertEquals(
        "yes; server_no_context_takeover; client_no_context_takeover -> 12 15",
        answer("permessage-deflate", DeflateOptions.SERVER.withTakeover(false, false)));
  }

  @Test
  void whatAClientOffers() {
    assertEquals(
        "permessage-deflate; client_max_window_bits",
        DeflateParameters.offer(DeflateOptions.CLIENT));
    assertEquals(
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover;"
            + " server_max_window_bits=10; client_max_window_bits",
        DeflateParameters.offer(
            DeflateOptions.CLIENT.withTakeover(false, false).withWindows(11, 10)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "permessage-deflate; server_max_window_bits=10 | 10+ 11+",
        "permessage-deflate; server_max_window_bits=8; client_max_window_bits=9 | 8+ 9+",
        "permessage-deflate; server_max_window_bits=9; client_no_context_takeover | 9+ 11",
        "permessage-deflate; server_max_window_bits=9; server_no_context_takeover | 9 11+",
        "permessage-deflate | no",
        "permessage-deflate; server_max_window_bits=11 | no",
        "permessage-deflate; server_max_window_bits=9; client_max_window_bits | no",
        "permessage-deflate; server_max_window_bits=9; what | no",
        "permessage-deflate; server_max_window_bits=9; server_max_window_bits=9 | no",
        "permessage-bzip2 | no"
      })
  void whatAClientTakes(String response, String expected) throws MalformedException {
    var options = DeflateOptions.CLIENT.withWindows(11, 10);
    var agreed = DeflateParameters.agreed(extensions(response).getFirst(), options);
    assertEquals(expected, agreed == null ? "no" : show(agreed));
  }

  @Test
  void aClientThatWantsNoTakeoverMustGetThat() throws MalformedException {
    var options = DeflateOptions.CLIENT.withTakeover(true, false);
    var plain = extensions("permessage-deflate").getFirst();
    assertEquals(null, DeflateParameters.agreed(plain, options));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"permessage deflate", "a;", "a; =1", "a; b=", "; b", "a b"})
  void whatIsNoListOfExtensions(String field) {
    assertThrows(MalformedException.class, () -> extensions(field));
  }
}
