// SPDX-License-Identifier: Apache-2.0
import static java.time.Duration.ofMillis;

import module tulip.core;
import module tulip.http;
import module tulip.net;

/// Downloads files side by side: `Fetch.java URL...`, into the present folder.
///
/// A download that was cut off, by Ctrl-C for example, goes on where it was. On a terminal there is
/// a bar for each. Proxies are taken from the environment. Without URLs it fetches from a site of
/// its own.
void main(String[] urls) throws Exception {
  Tulip.run(() -> {
    if (urls.length == 0) {
      demonstrate();
    } else {
      fetchAll(List.of(urls), Path.of(""), System.console().isTerminal());
    }
  });
}

/// A file on its way.
static final class Transfer {
  final String url;
  final Path file;
  long done;
  long total = -1;
  String outcome = "";

  Transfer(String url, Path folder) {
    this.url = url;
    var path = Url.parse(url).path();
    var name = path.substring(path.lastIndexOf('/') + 1);
    file = folder.resolve(name.isEmpty() ? "index.html" : name).toAbsolutePath();
  }

  @Override
  public String toString() {
    int percent = total > 0 ? (int) (100 * done / total) : 0;
    var bar = "#".repeat(percent / 5) + ".".repeat(20 - percent / 5);
    var state = outcome.isEmpty() ? "[%s] %3d%%".formatted(bar, percent) : outcome;
    return "%-20s %s".formatted(file.getFileName(), state);
  }
}

void fetchAll(List<String> urls, Path folder, boolean terminal) {
  var options =
      ClientOptions.DEFAULT
          .withTimeouts(ClientTimeouts.DEFAULT.withTotal(ClientTimeouts.FOREVER))
          .withProxies(ProxyRules.fromEnvironment());
  var transfers = urls.stream().map(url -> new Transfer(url, folder)).toList();
  try (var http = HttpSession.open(options);
      var group = TaskGroup.open()) {
    if (terminal) {
      IO.print("\n".repeat(transfers.size()));
      group.start(() -> keepPainting(transfers));
    }
    Tulip.gather(transfers, transfer -> fetch(http, transfer));
  }
  if (terminal) {
    paint(transfers);
  } else {
    transfers.forEach(IO::println);
  }
}

String fetch(HttpSession http, Transfer transfer) {
  var request =
      ClientRequest.get(transfer.url)
          .downloadProgress((done, total) -> {
            transfer.done = done;
            transfer.total = total;
          });
  try {
    transfer.outcome = Download.run(http, request, transfer.file) + " bytes";
  } catch (StatusException e) {
    transfer.outcome = e.status().toString();
  } catch (IOException e) {
    transfer.outcome = String.valueOf(e.getMessage());
  }
  return transfer.outcome;
}

void keepPainting(List<Transfer> transfers) {
  while (true) {
    paint(transfers);
    Tulip.sleep(ofMillis(100));
  }
}

/// Paints over what was painted before.
void paint(List<Transfer> transfers) {
  var up = "\033[" + transfers.size() + "A";
  var lines = new StringBuilder(up);
  transfers.forEach(transfer -> lines.append("\033[2K").append(transfer).append('\n'));
  IO.print(lines);
}

/// Fetches two files of a site here, one of which was cut off before, and one that is not there.
void demonstrate() throws Exception {
  var site = Files.createTempDirectory("site");
  var here = Files.createTempDirectory("here");
  Files.writeString(site.resolve("large"), "0123456789".repeat(100_000));
  Files.writeString(site.resolve("cut"), "0123456789");
  Files.writeString(here.resolve("cut.part"), "01234");
  Files.setLastModifiedTime(
      here.resolve("cut.part"), Files.getLastModifiedTime(site.resolve("cut")));
  var app = new WebApp();
  app.files("/files", site);
  try (var server = app.open(Tcp.listen(0))) {
    var base = "http://localhost:" + server.port() + "/files/";
    fetchAll(List.of(base + "large", base + "cut", base + "none"), here, false);
    IO.println(Files.readString(here.resolve("cut")));
  }
}
