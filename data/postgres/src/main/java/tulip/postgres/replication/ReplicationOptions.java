// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.replication;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// What is to be replicated.
///
/// @param slot the name of the replication slot, by which the server knows what was acknowledged:
///   `select pg_create_logical_replication_slot('mine', 'pgoutput')` makes one
/// @param publications which tables: `create publication everything for all tables` makes one
/// @param messages whether what `pg_logical_emit_message` writes is sent too
/// @param report how often the server is told what was acknowledged, if nothing else is said; less
///   than its `wal_sender_timeout`
public record ReplicationOptions(
    String slot, List<String> publications, boolean messages, Duration report) {
  private static final Pattern SLOT = Pattern.compile("[a-z0-9_]{1,63}");
  private static final Duration REPORT = Duration.ofSeconds(10);

  /// Checks and copies it.
  public ReplicationOptions {
    publications = List.copyOf(publications);
    if (!SLOT.matcher(slot).matches() || publications.isEmpty() || !report.isPositive()) {
      throw new IllegalArgumentException(
          "a slot has lower case letters, digits and underscores, there is a publication at least,"
              + " and the time is positive: '%s', %s, %s".formatted(slot, publications, report));
    }
  }

  /// The changes of some publications, without messages, with a report every 10 s.
  public static ReplicationOptions of(String slot, String... publications) {
    return new ReplicationOptions(slot, List.of(publications), false, REPORT);
  }

  /// The same with messages or not.
  public ReplicationOptions withMessages(boolean messages) {
    return new ReplicationOptions(slot, publications, messages, report);
  }

  /// The same with more or fewer reports.
  public ReplicationOptions withReport(Duration report) {
    return new ReplicationOptions(slot, publications, messages, report);
  }

  /// The command that begins it: section 55.4 of the manual, and 55.5 for the parameters.
  String command(String position, int serverVersion) {
    var quoted = publications.stream().map(name -> '"' + name.replace("\"", "\"\"") + '"').toList();
    var command =
        "START_REPLICATION SLOT %s LOGICAL %s (proto_version '1', publication_names '%s'"
            .formatted(slot, position, String.join(",", quoted).replace("'", "''"));
    boolean modern = serverVersion >= 14;
    return command + (modern ? ", binary 'true', messages '" + messages + "')" : ")");
  }
}
