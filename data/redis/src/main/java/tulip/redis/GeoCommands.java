// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// Places on the earth: the commands of Redis's group "geo". Distances are in metres. The members
/// are those of a sorted set, from which [SortedSetCommands#zrem] removes them.
public interface GeoCommands extends Commands {
  /// GEOADD: gives a member a place.
  ///
  /// @return whether it is new
  default boolean geoadd(String key, double longitude, double latitude, Object member)
      throws IOException {
    return call(Reply::truth, "GEOADD", key, longitude, latitude, member);
  }

  /// GEOADD: gives several members their places.
  ///
  /// @return how many are new
  default long geoadd(String key, Map<String, GeoPoint> places) throws IOException {
    var command = Arguments.of("GEOADD", key);
    places.forEach((member, at) -> command.add(at.longitude(), at.latitude(), member));
    return call(Reply::integer, command.toArray());
  }

  /// GEODIST: how far two members are from each other; `null` if one is none.
  default @Nullable Double geodist(String key, Object member1, Object member2) throws IOException {
    return callOrNull(Reply::real, "GEODIST", key, member1, member2, "m");
  }

  /// GEOHASH: the places of members as texts that begin alike where they are near; `null` for none.
  default List<@Nullable String> geohash(String key, Object... members) throws IOException {
    return this.<List<@Nullable String>>call(
        Replies::stringsOrNull, Arguments.of("GEOHASH", key).each(members).toArray());
  }

  /// GEOPOS: the places of members, about; `null` for none.
  default List<@Nullable GeoPoint> geopos(String key, Object... members) throws IOException {
    return this.<List<@Nullable GeoPoint>>call(
        reply -> Replies.listOrNull(reply, GeoPoint::of),
        Arguments.of("GEOPOS", key).each(members).toArray());
  }

  /// GEOSEARCH: the members within an area.
  default List<String> geosearch(String key, GeoSearch area) throws IOException {
    return call(Reply::strings, Arguments.of("GEOSEARCH", key).options(area).toArray());
  }

  /// GEOSEARCH with WITHDIST and WITHCOORD: the members within an area, how far they are and where.
  default List<GeoHit> geosearchWithDist(String key, GeoSearch area) throws IOException {
    return call(
        reply -> reply.list(GeoHit::of),
        Arguments.of("GEOSEARCH", key).options(area).add("WITHDIST", "WITHCOORD").toArray());
  }

  /// GEOSEARCHSTORE: stores the members within an area.
  ///
  /// @return how many
  default long geosearchstore(String target, String key, GeoSearch area) throws IOException {
    return call(
        Reply::integer, Arguments.of("GEOSEARCHSTORE", target, key).options(area).toArray());
  }
}
