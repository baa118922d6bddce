// SPDX-License-Identifier: Apache-2.0

/// The values of PostgreSQL's types: Java classes for those that the JDK has none for, and the
/// codecs that read and write all of them in the binary format.
package tulip.postgres.types;
