// SPDX-License-Identifier: Apache-2.0
package tulip.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The folders of this build, and the modules that were built in them.
public final class House {
  public static final Path ROOT = Path.of(System.getProperty("tulip.root"));

  private static final String CLASSES = System.getProperty("tulip.target") + "/classes";
  private static final Pattern ROOM = Pattern.compile("<module>(.+)</module>");

  private House() {}

  /// The classes folder of each module that users get: of each that has a `module-info.java`.
  public static List<Path> modules() {
    return ROOM.matcher(read(ROOT.resolve("pom.xml")))
        .results()
        .map((MatchResult line) -> ROOT.resolve(line.group(1)))
        .filter(room -> Files.exists(room.resolve("src/main/java/module-info.java")))
        .map(room -> room.resolve(CLASSES))
        .toList();
  }

  /// The classes folders of those that need no modules of others.
  static List<Path> selfContained() {
    var known =
        ModuleFinder.compose(
            ModuleFinder.of(modules().toArray(Path[]::new)), ModuleFinder.ofSystem());
    return modules().stream()
        .filter(folder ->
            ModuleFinder.of(folder).findAll().stream()
                .flatMap(module -> module.descriptor().requires().stream())
                .filter(required -> !required.modifiers().contains(Modifier.STATIC))
                .allMatch(required -> known.find(required.name()).isPresent()))
        .toList();
  }

  /// What those modules say about themselves, by name.
  static List<ModuleDescriptor> descriptors() {
    return ModuleFinder.of(modules().toArray(Path[]::new)).findAll().stream()
        .map(ModuleReference::descriptor)
        .sorted(Comparator.comparing(ModuleDescriptor::name))
        .toList();
  }

  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Every class file of one classes folder.
  static List<Path> classFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }
}
