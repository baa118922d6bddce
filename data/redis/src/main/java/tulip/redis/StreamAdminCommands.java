// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import tulip.redis.protocol.Reply;

/// Groups and consumers, and what there is to know of streams: the rest of Redis's group "stream".
/// What XINFO tells depends on the server's version.
public interface StreamAdminCommands extends Commands {
  /// XGROUP SETID: has a group begin anew behind an id.
  ///
  /// @param after `0` for all, `$` for those to come
  default void xgroupSetid(String key, String group, String after) throws IOException {
    call(Reply::orThrow, "XGROUP", "SETID", key, group, after);
  }

  /// XGROUP DESTROY: deletes a group with all that it knows.
  ///
  /// @return whether there was one
  default boolean xgroupDestroy(String key, String group) throws IOException {
    return call(Reply::truth, "XGROUP", "DESTROY", key, group);
  }

  /// XGROUP CREATECONSUMER: makes a consumer; reading makes it too.
  ///
  /// @return whether it is new
  default boolean xgroupCreateconsumer(String key, String group, String consumer)
      throws IOException {
    return call(Reply::truth, "XGROUP", "CREATECONSUMER", key, group, consumer);
  }

  /// XGROUP DELCONSUMER: deletes a consumer; what it has not acknowledged is nobody's.
  ///
  /// @return how many entries that are
  default long xgroupDelconsumer(String key, String group, String consumer) throws IOException {
    return call(Reply::integer, "XGROUP", "DELCONSUMER", key, group, consumer);
  }

  /// XINFO STREAM: what there is to know of a stream.
  default Map<String, Reply> xinfoStream(String key) throws IOException {
    return call(Replies::facts, "XINFO", "STREAM", key);
  }

  /// XINFO GROUPS: what there is to know of the groups of a stream.
  default List<Map<String, Reply>> xinfoGroups(String key) throws IOException {
    return call(reply -> reply.list(Replies::facts), "XINFO", "GROUPS", key);
  }

  /// XINFO CONSUMERS: what there is to know of the consumers of a group.
  default List<Map<String, Reply>> xinfoConsumers(String key, String group) throws IOException {
    return call(reply -> reply.list(Replies::facts), "XINFO", "CONSUMERS", key, group);
  }

  /// XSETID: sets the id of the last entry, so that later ones are larger.
  default void xsetid(String key, String id) throws IOException {
    call(Reply::orThrow, "XSETID", key, id);
  }
}
