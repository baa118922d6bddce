// SPDX-License-Identifier: Apache-2.0

/// What a database brings to be used through `tulip.sql`.
///
/// A driver is a module that provides a [Driver], which opens [DriverConnection]s by way of a
/// [tulip.pool.Connector]. The face does the rest: the pool, transactions as blocks, the mapping of
/// rows, the conversion of values.
///
/// **Parameters.** Statements have `$1`, `$2` ..., whatever the database wants: a driver whose
/// database has other placeholders rewrites them. It accepts at least: `null`, [Boolean], the
/// numbers of `java.lang` and `java.math`, [String], [Enum]s (by name), `byte[]` and
/// [tulip.bytes.Bytes], [java.util.UUID], [java.time.LocalDate], [java.time.LocalTime],
/// [java.time.LocalDateTime], [java.time.Instant], [java.time.OffsetDateTime],
/// [java.time.ZonedDateTime] and [tulip.sql.Json].
///
/// **Values.** A driver gives each value in the one class that fits its type best, `byte[]` as
/// [tulip.bytes.Bytes], points in time as [java.time.Instant], arrays as [java.util.List]; programs
/// that want another class ask [tulip.sql.Row] for it.
///
/// **Errors.** What the database refuses is a [tulip.sql.SqlException], made of its SQLSTATE by
/// [tulip.sql.SqlException#of]. A driver whose database has other codes translates them.
///
/// **Proof.** Each driver passes `tulip.sql.testing.SqlContract`.
package tulip.sql.spi;
