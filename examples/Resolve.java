// SPDX-License-Identifier: Apache-2.0
import module tulip.dns;
import module tulip.net;

/// Asks the domain name system: `Resolve.java [NAME [TYPE]] [--server HOST:PORT]`.
///
/// With a type it prints the records, without one the addresses that a connection would try.
void main(String[] arguments) throws Exception {
  var words = new ArrayList<>(List.of(arguments));
  var options = takeOptions(words);
  var name = words.isEmpty() ? "localhost" : words.getFirst();
  Tulip.run(() -> {
    try (var dns = DnsResolver.open(options)) {
      if (words.size() > 1) {
        printRecords(dns, name, RecordType.of(words.get(1)));
      } else {
        printAddresses(dns, name);
      }
    }
  });
}

/// The system's servers, or the one that is named.
DnsOptions takeOptions(List<String> words) {
  int at = words.indexOf("--server");
  if (at < 0) {
    return DnsOptions.DEFAULT;
  }
  var server = words.get(at + 1);
  words.subList(at, at + 2).clear();
  int colon = server.lastIndexOf(':');
  var address = InetAddress.ofLiteral(server.substring(0, colon));
  int port = Integer.parseInt(server.substring(colon + 1));
  return DnsOptions.DEFAULT.withServers(new InetSocketAddress(address, port));
}

void printRecords(DnsResolver dns, String name, RecordType type) {
  try {
    dns.query(name, type).answers().forEach(IO::println);
  } catch (DnsException e) {
    IO.println(e.getMessage());
  }
}

void printAddresses(DnsResolver dns, String name) {
  try {
    for (var address : dns.lookUp(name, Family.IPV4)) {
      IO.println(name + " is " + address.getHostAddress());
      IO.println(address.getHostAddress() + " is " + dns.nameOf(address));
    }
  } catch (UnknownHostException | DnsException e) {
    IO.println(e.getMessage());
  }
}
