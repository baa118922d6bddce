// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// Users and what they may do: the ACL commands of Redis's group "server".
public interface AclCommands extends Commands {
  /// ACL WHOAMI: the user of the connection.
  default String aclWhoami() throws IOException {
    return call(Reply::string, "ACL", "WHOAMI");
  }

  /// ACL USERS: all users.
  default List<String> aclUsers() throws IOException {
    return call(Reply::strings, "ACL", "USERS");
  }

  /// ACL LIST: all users with their rules.
  default List<String> aclList() throws IOException {
    return call(Reply::strings, "ACL", "LIST");
  }

  /// ACL GETUSER: what there is to know of a user; `null` if there is none.
  default @Nullable Map<String, Reply> aclGetuser(String name) throws IOException {
    return callOrNull(Replies::facts, "ACL", "GETUSER", name);
  }

  /// ACL SETUSER: makes or changes a user.
  ///
  /// @param rules such as `on`, `>password`, `~cache:*`, `+@read`
  default void aclSetuser(String name, String... rules) throws IOException {
    call(Reply::orThrow, Arguments.of("ACL", "SETUSER", name).each(rules).toArray());
  }

  /// ACL DELUSER: deletes users, and cuts their connections.
  ///
  /// @return how many there were
  default long aclDeluser(String... names) throws IOException {
    return call(Reply::integer, Arguments.of("ACL", "DELUSER").each(names).toArray());
  }

  /// ACL CAT: the categories of commands.
  default List<String> aclCat() throws IOException {
    return call(Reply::strings, "ACL", "CAT");
  }

  /// ACL CAT: the commands of a category.
  default List<String> aclCat(String category) throws IOException {
    return call(Reply::strings, "ACL", "CAT", category);
  }

  /// ACL GENPASS: a password that nobody can guess.
  default String aclGenpass() throws IOException {
    return call(Reply::string, "ACL", "GENPASS");
  }

  /// ACL DRYRUN: whether a user may execute a command.
  ///
  /// @return `null` if so, else why not
  default @Nullable String aclDryrun(String name, Object... command) throws IOException {
    return this.<@Nullable String>call(
        reply -> reply.string().equals("OK") ? null : reply.string(),
        Arguments.of("ACL", "DRYRUN", name).each(command).toArray());
  }

  /// ACL LOG: what users have tried and must not, the last first.
  default List<Map<String, Reply>> aclLog() throws IOException {
    return call(reply -> reply.list(Replies::facts), "ACL", "LOG");
  }
}
