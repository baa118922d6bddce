// SPDX-License-Identifier: Apache-2.0
package tulip.memcached.protocol;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import tulip.bytes.Bytes;

/// Consistent hashing: which of several servers has a key. When a server is added or removed, only
/// the keys of that server move.
///
/// Each server stands at about 160 points of a ring of 2^32, more or fewer by its weight; a key
/// belongs to the first point that is not before its hash. Points and hashes come from MD5, as in
/// libmemcached's weighted ketama, so that all its users find the same server.
public final class Ketama {
  private static final int POINTS = 160;
  private static final int POINTS_PER_DIGEST = 4;
  private static final int INDEX_BITS = 31;

  /// A server on the ring.
  ///
  /// @param name `host:port`, or `host` alone for port 11211, as in every client's list
  /// @param weight its share, compared to the others
  public record Server(String name, int weight) {
    /// Checks the weight.
    public Server {
      if (weight < 1) {
        throw new IllegalArgumentException("a server's weight is at least 1, not " + weight);
      }
    }
  }

  private final KeyEncoding keys;

  /// In order: the hash, and in the lower 31 bits the server's index.
  private final long[] ring;

  /// Makes a ring.
  ///
  /// @param servers at least one, in any order
  /// @param keys how keys become bytes
  public Ketama(List<Server> servers, KeyEncoding keys) {
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("a ring without servers");
    }
    this.keys = keys;
    long total = servers.stream().mapToLong(Server::weight).sum();
    int[] digests = servers.stream().mapToInt(s -> digests(s, total, servers.size())).toArray();
    ring = new long[Arrays.stream(digests).sum() * POINTS_PER_DIGEST];
    int at = 0;
    for (int index = 0; index < digests.length; index++) {
      for (int i = 0; i < digests[index]; i++) {
        byte[] digest = md5(Bytes.ofUtf8(servers.get(index).name() + "-" + i));
        for (int point = 0; point < POINTS_PER_DIGEST; point++) {
          ring[at++] = hash(digest, point) << INDEX_BITS | index;
        }
      }
    }
    Arrays.sort(ring);
  }

  /// How many digests a server's points come from. In single precision, as libmemcached does it.
  private static int digests(Server server, long total, int servers) {
    float share = (float) server.weight() / (float) total;
    return (int) Math.floor((float) (share * POINTS / POINTS_PER_DIGEST * servers + 1e-10));
  }

  /// {@return the index of the server that has a key}
  ///
  /// @param key as it is, not in base64
  public int indexOf(String key) {
    long hash = hash(md5(keys.bytes(key)), 0);
    int found = Arrays.binarySearch(ring, hash << INDEX_BITS);
    int at = found >= 0 ? found : -found - 1;
    return (int) ring[at == ring.length ? 0 : at] & Integer.MAX_VALUE;
  }

  private static long hash(byte[] digest, int point) {
    long hash = 0;
    for (int i = 3; i >= 0; i--) {
      hash = hash << 8 | (digest[point * 4 + i] & 0xFF);
    }
    return hash;
  }

  private static byte[] md5(Bytes of) {
    try {
      return MessageDigest.getInstance("MD5").digest(of.toByteArray());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has MD5", e);
    }
  }
}
