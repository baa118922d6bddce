// SPDX-License-Identifier: Apache-2.0

/// Look-ups in the domain name system that suspend only the task that asks.
///
/// Reading order: [tulip.dns.DnsResolver] is what programs call, [tulip.dns.Answer] and
/// [tulip.dns.DnsException] are what comes of it, [tulip.dns.DnsOptions] and
/// [tulip.dns.DnsSettings] how it works.
///
/// Inside, a question goes through the cache and `SingleFlight` to an `Inquiry`, which puts it to
/// one server after the other over a `Transport` and follows aliases with `AliasChain`. Host names
/// go through `AddressLookup` first, which asks several such questions, and whose result
/// `AddressOrder` sorts.
package tulip.dns;
