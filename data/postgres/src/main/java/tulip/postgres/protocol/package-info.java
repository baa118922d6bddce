// SPDX-License-Identifier: Apache-2.0

/// The protocol of PostgreSQL, version 3, without I/O: chapter 55 of its manual.
///
/// [BackendReader] finds the server's messages in the bytes that have come, and reads their fields;
/// [FrontendWriter] writes the client's. [ErrorFields], [FieldDescription], [Authentication] and
/// [CommandTag] are what single messages say.
package tulip.postgres.protocol;
