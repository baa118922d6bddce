// SPDX-License-Identifier: Apache-2.0
package tulip.http.coding;

import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/// The codings that are provided as services, looked up once.
final class ProvidedCodings {
  private static final System.Logger LOG = System.getLogger("tulip.http");

  /// The better ones go first: Zstandard makes bodies about as small as Brotli, in less time.
  private static final List<String> RANKING = List.of("zstd", "br");

  private ProvidedCodings() {}

  /// {@return the codings that work here, those of this module behind them}
  static ContentCodings find() {
    var provided =
        ServiceLoader.load(ContentCoding.class).stream()
            .flatMap(ProvidedCodings::made)
            .sorted(Comparator.comparingInt(ProvidedCodings::rank));
    var own = Stream.of(ContentCoding.GZIP, ContentCoding.DEFLATE);
    return new ContentCodings(Stream.concat(provided, own).toList());
  }

  private static Stream<ContentCoding> made(ServiceLoader.Provider<ContentCoding> provider) {
    try {
      return Stream.of(provider.get());
    } catch (ServiceConfigurationError e) {
      LOG.log(Level.WARNING, () -> provider.type().getName() + " cannot be used", e);
      return Stream.empty();
    }
  }

  private static int rank(ContentCoding coding) {
    int rank = RANKING.indexOf(coding.name());
    return rank < 0 ? RANKING.size() : rank;
  }
}
