// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import org.jspecify.annotations.Nullable;

/// What a request is about, in one of four forms (RFC 9112, section 3.2).
///
/// Paths and queries are kept as they were sent, percent-encoded: decoded, a slash that was part of
/// a name could not be told from one that parts names. A target never has a fragment.
public sealed interface RequestTarget {
  /// A path and perhaps a query: the usual form.
  ///
  /// @param path begins with a slash
  /// @param query what follows the question mark, or null if there is none
  record Origin(String path, @Nullable String query) implements RequestTarget {
    /// Checks both.
    public Origin {
      TargetSyntax.checkPath(path);
      TargetSyntax.checkQuery(query);
    }

    @Override
    public String toString() {
      return query == null ? path : path + "?" + query;
    }
  }

  /// A whole URI, as proxies are asked.
  ///
  /// @param scheme in lower case
  /// @param authority whose it is
  /// @param path empty or begins with a slash
  /// @param query what follows the question mark, or null if there is none
  record Absolute(String scheme, Authority authority, String path, @Nullable String query)
      implements RequestTarget {
    /// Checks the parts.
    public Absolute {
      TargetSyntax.checkScheme(scheme);
      if (!path.isEmpty()) {
        TargetSyntax.checkPath(path);
      }
      TargetSyntax.checkQuery(query);
    }

    @Override
    public String toString() {
      return scheme + "://" + authority + path + (query == null ? "" : "?" + query);
    }
  }

  /// Where a CONNECT goes.
  ///
  /// @param authority with a port
  record Tunnel(Authority authority) implements RequestTarget {
    /// Checks the port.
    public Tunnel {
      if (authority.port() < 0) {
        throw new IllegalArgumentException("CONNECT needs a port: " + authority);
      }
    }

    @Override
    public String toString() {
      return authority.toString();
    }
  }

  /// The server as a whole: `*`, for OPTIONS.
  enum Asterisk implements RequestTarget {
    /// The only one.
    ASTERISK;

    @Override
    public String toString() {
      return "*";
    }
  }

  /// Reads a target.
  ///
  /// @param method decides about the form: only CONNECT has an authority, only OPTIONS a `*`
  /// @param text without blanks, control characters and fragment
  /// @throws IllegalArgumentException if it has not the form that it should have
  static RequestTarget parse(Method method, String text) {
    return TargetSyntax.parse(method, text);
  }
}
