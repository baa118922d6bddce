// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import tulip.bytes.Bytes;
import tulip.pool.PoolOptions;
import tulip.sql.Database;
import tulip.sql.testing.SqlContract;

/// MariaDB by its Connector/J keeps the contract of all databases.
@ExtendWith(MariaDbServer.class)
class MariaDbContractTest extends SqlContract {
  @Override
  protected Database open(PoolOptions options) {
    return Database.open(MariaDbServer.url(), options);
  }

  /// Its `timestamp` ends in 2038, before the contract's points in time do.
  @Override
  protected @Nullable String typeOf(Class<?> type) {
    if (type == LocalTime.class) {
      return "time(6)";
    } else if (type == LocalDateTime.class) {
      return "datetime(6)";
    } else if (type == Bytes.class) {
      return "blob";
    }
    return type == Instant.class ? null : super.typeOf(type);
  }

  @Override
  protected String slowStatement() {
    return "select sleep(60)";
  }

  @Override
  protected String numbers(int count) {
    return "select seq as n from seq_1_to_" + count + " order by seq";
  }

  @Override
  protected boolean failuresSpoilTransactions() {
    return false;
  }
}
