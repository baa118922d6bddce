// SPDX-License-Identifier: Apache-2.0
package tulip.http.zstd;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import com.github.luben.zstd.util.Native;
import java.io.IOException;
import java.io.OutputStream;
import tulip.http.coding.ContentCoding;
import tulip.http.coding.Decoder;
import tulip.http.coding.Encoder;

/// Zstandard (RFC 8878), by the library of zstd-jni, which brings its native code along for the
/// usual systems. The JVM warns of that without `--enable-native-access=com.github.luben.zstd_jni`
/// (`ALL-UNNAMED` on the class path).
///
/// What needs a window above 8 MiB is not decoded, as RFC 9659 has it, and none is made. Encoding
/// takes about 1.5 MB for each body that is under way. Any thread.
public final class ZstdCoding implements ContentCoding {
  private static final int USUAL = 3;
  private static final int LOWEST = 1;
  private static final int HIGHEST = 19;

  /// Of 512 KiB: the usual 2 MiB make few bodies smaller, and each needs its memory.
  private static final int WINDOW_LOG = 19;

  private static final byte[] NOTHING = {};

  private final int level;

  /// Level 3, as everybody has it for what is compressed while it is asked for.
  ///
  /// @throws UnsatisfiedLinkError if the library has no native code for this system
  public ZstdCoding() {
    this(USUAL);
  }

  /// Another level.
  ///
  /// @param level 1 to 19: the higher, the smaller and the slower
  /// @throws UnsatisfiedLinkError if the library has no native code for this system
  public ZstdCoding(int level) {
    if (level < LOWEST || level > HIGHEST) {
      throw new IllegalArgumentException("no level of zstd from 1 to 19: " + level);
    }
    Native.load();
    this.level = level;
  }

  @Override
  public String name() {
    return "zstd";
  }

  @Override
  public Decoder decoder() {
    return new ZstdDecoder();
  }

  @Override
  public Encoder encoder() {
    return Encoder.of(this::around);
  }

  private OutputStream around(OutputStream target) throws IOException {
    var stream = new ZstdOutputStreamNoFinalizer(target, level).setWindowLog(WINDOW_LOG);
    stream.write(NOTHING); // so that there is a frame, even if nothing more comes
    return stream;
  }

  @Override
  public String toString() {
    return "zstd of level " + level;
  }
}
