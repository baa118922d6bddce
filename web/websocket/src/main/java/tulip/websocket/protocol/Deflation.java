// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

/// How one connection compresses.
///
/// @param parameters what both ends have agreed on
/// @param options what is our own business: level and threshold
/// @param pool the loop's
public record Deflation(DeflateParameters parameters, DeflateOptions options, ZlibPool pool) {
  MessageDeflater deflater(boolean server) {
    return server
        ? deflater(parameters.serverBits(), parameters.serverTakeover())
        : deflater(parameters.clientBits(), parameters.clientTakeover());
  }

  private MessageDeflater deflater(int windowBits, boolean takeover) {
    return new MessageDeflater(windowBits, takeover, options.level(), pool);
  }

  MessageInflater inflater(boolean server) {
    return server
        ? new MessageInflater(parameters.clientBits(), parameters.clientTakeover(), pool)
        : new MessageInflater(parameters.serverBits(), parameters.serverTakeover(), pool);
  }
}
