// SPDX-License-Identifier: Apache-2.0

/// The messages of the domain name system, from bytes and to bytes.
///
/// Reading order: [tulip.dns.protocol.Message] is what is sent and what comes back,
/// [tulip.dns.protocol.DomainName] whose it is, [tulip.dns.protocol.RecordData] what it says.
///
/// The decoder is strict: lengths must fit exactly, names keep their limits and never point round
/// in a circle, known types must have the shape of their standard. What it does not know it keeps
/// as bytes. All memory is bounded by the message's 65535 bytes. All types are immutable values.
package tulip.dns.protocol;
