// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.net.TlsContext;
import tulip.net.TlsIdentity;

/// The files with certificates that a URL names.
///
/// @param authorities whom to trust; `null` for whom the JVM trusts
/// @param certificate of the client; `null` for none
/// @param key of the certificate
/// @param keyPassword of the key's file; `null` if it is not encrypted
record TlsFiles(
    @Nullable Path authorities,
    @Nullable Path certificate,
    @Nullable Path key,
    @Nullable String keyPassword) {
  /// @throws IllegalArgumentException if there is a certificate without a key
  static TlsFiles of(Map<String, String> values) {
    var authorities = values.get("sslrootcert");
    boolean system = authorities == null || authorities.equals("system");
    var files =
        new TlsFiles(
            system ? null : Path.of(authorities),
            path(values.get("sslcert")),
            path(values.get("sslkey")),
            values.get("sslpassword"));
    if ((files.certificate == null) != (files.key == null)) {
      throw new IllegalArgumentException("sslcert and sslkey belong together");
    }
    return files;
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }

  /// What they make of a mode; `null` if that alone says it. Blocks.
  ///
  /// @throws IllegalArgumentException if a file cannot be read
  @Nullable TlsContext context(TlsMode mode) {
    if (mode == TlsMode.DISABLE || (authorities == null && certificate == null)) {
      return null;
    }
    try {
      var context =
          authorities == null ? context(mode, false) : context(mode, true).trusting(authorities);
      if (certificate != null && key != null) {
        var password = keyPassword == null ? null : keyPassword.toCharArray();
        context = context.withIdentity(TlsIdentity.read(certificate, key, password));
      }
      return context;
    } catch (IOException e) {
      throw new IllegalArgumentException("a certificate cannot be read: " + e.getMessage(), e);
    }
  }

  /// What a mode verifies. As libpq has it, named authorities make `require` verify too.
  static TlsContext context(TlsMode mode, boolean hasAuthorities) {
    var context = TlsContext.client();
    return switch (mode) {
      case VERIFY_FULL -> context;
      case VERIFY_CA -> context.withoutNameCheck();
      case REQUIRE -> hasAuthorities ? context.withoutNameCheck() : context.withoutVerification();
      case DISABLE, ALLOW, PREFER -> context.withoutVerification();
    };
  }
}
