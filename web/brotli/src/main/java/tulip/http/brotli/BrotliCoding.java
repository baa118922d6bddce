// SPDX-License-Identifier: Apache-2.0
package tulip.http.brotli;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder.Parameters;
import tulip.http.coding.ContentCoding;
import tulip.http.coding.Decoder;
import tulip.http.coding.Encoder;

/// Brotli (RFC 7932), by the library of brotli4j. Maven brings its native code along for the system
/// of the build; for others add `com.aayushatharva.brotli4j:native-linux-aarch64` and the like. The
/// JVM warns of native code without `--enable-native-access=com.aayushatharva.brotli4j`
/// (`ALL-UNNAMED` on the class path).
///
/// Decoding takes as much memory as the body says, 16 MiB at most, encoding about 2 MB for each
/// body that is under way. Any thread.
public final class BrotliCoding implements ContentCoding {
  private static final int USUAL = 4;
  private static final int HIGHEST = 11;

  /// Of 512 KiB.
  private static final int WINDOW_LOG = 19;

  private final int quality;

  /// Quality 4, for what is compressed while it is asked for: smaller than gzip, and about as fast.
  ///
  /// @throws UnsatisfiedLinkError if the library has no native code for this system
  public BrotliCoding() {
    this(USUAL);
  }

  /// Another quality.
  ///
  /// @param quality 0 to 11: the higher, the smaller and the slower; from 10 on very slow
  /// @throws UnsatisfiedLinkError if the library has no native code for this system
  public BrotliCoding(int quality) {
    if (quality < 0 || quality > HIGHEST) {
      throw new IllegalArgumentException("no quality of Brotli from 0 to 11: " + quality);
    }
    Brotli4jLoader.ensureAvailability();
    this.quality = quality;
  }

  @Override
  public String name() {
    return "br";
  }

  @Override
  public Decoder decoder() {
    return new BrotliDecoder();
  }

  @Override
  public Encoder encoder() {
    var parameters = new Parameters().setQuality(quality).setWindow(WINDOW_LOG);
    return Encoder.of(target -> new BrotliOutputStream(target, parameters));
  }

  @Override
  public String toString() {
    return "Brotli of quality " + quality;
  }
}
