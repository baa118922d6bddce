// SPDX-License-Identifier: Apache-2.0
package tulip.it;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.reflect.AccessFlag;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Who may use what. One test for all modules, so that a rule is written once.
class ArchitectureTest {
  /// What each module requires to run, besides `java.base`. A new module adds its line here.
  private static final Map<String, Set<String>> REQUIRES =
      Map.ofEntries(
          entry("tulip.bytes", Set.of()),
          entry("tulip.core", Set.of("jdk.unsupported")),
          entry("tulip.net", Set.of("jdk.net", "tulip.bytes", "tulip.core")),
          entry("tulip.net.testing", Set.of("tulip.net")),
          entry("tulip.files", Set.of("tulip.bytes", "tulip.core")),
          entry("tulip.process", Set.of("tulip.bytes", "tulip.core", "tulip.net")),
          entry("tulip.pool", Set.of("tulip.core")),
          entry("tulip.pipelining", Set.of("tulip.bytes", "tulip.core", "tulip.net")),
          entry(
              "tulip.redis",
              Set.of("tulip.bytes", "tulip.core", "tulip.net", "tulip.pipelining", "tulip.pool")),
          entry("tulip.sasl", Set.of("tulip.bytes")),
          entry("tulip.sql", Set.of("tulip.bytes", "tulip.core", "tulip.pool")),
          entry("tulip.sql.testing", Set.of("tulip.sql")),
          entry("tulip.postgres.testing", Set.of("tulip.net.testing")),
          entry(
              "tulip.postgres",
              Set.of(
                  "tulip.bytes",
                  "tulip.core",
                  "tulip.net",
                  "tulip.pipelining",
                  "tulip.pool",
                  "tulip.sasl",
                  "tulip.sql")),
          entry(
              "tulip.sql.jdbc",
              Set.of("java.sql", "tulip.bytes", "tulip.core", "tulip.pool", "tulip.sql")),
          entry(
              "tulip.sqlite",
              Set.of(
                  "org.xerial.sqlitejdbc",
                  "tulip.bytes",
                  "tulip.core",
                  "tulip.pool",
                  "tulip.sql",
                  "tulip.sql.jdbc")),
          entry("tulip.dns", Set.of("tulip.bytes", "tulip.core", "tulip.net")),
          entry(
              "tulip.websocket",
              Set.of("tulip.bytes", "tulip.core", "tulip.http", "tulip.net", "tulip.pool")),
          entry(
              "tulip.memcached",
              Set.of("tulip.bytes", "tulip.core", "tulip.net", "tulip.pipelining", "tulip.pool")),
          entry("tulip.http", Set.of("tulip.bytes", "tulip.core", "tulip.net", "tulip.pool")),
          entry(
              "tulip.http.brotli",
              Set.of("com.aayushatharva.brotli4j", "tulip.bytes", "tulip.http")),
          entry(
              "tulip.http.zstd", Set.of("com.github.luben.zstd_jni", "tulip.bytes", "tulip.http")),
          entry("tulip.http.session.memcached", Set.of("tulip.http", "tulip.memcached")),
          entry("tulip.http.session.redis", Set.of("tulip.http", "tulip.redis")),
          entry("tulip.http.templates", Set.of("io.pebbletemplates", "tulip.http")),
          entry("tulip.http.testing", Set.of("tulip.http", "tulip.websocket")),
          entry("tulip.http.json", Set.of("tools.jackson.databind", "tulip.bytes", "tulip.http")),
          entry("tulip.transports", Set.of("tulip.bytes", "tulip.core", "tulip.net")),
          entry("tulip.testing", Set.of("tulip.bytes", "tulip.core")));

  private static final String CODECS = "tulip.*.protocol..";

  /// What a codec may use: bytes and the computing parts of the JDK.
  private static final String[] COMPUTING = {
    "tulip.bytes..",
    "tulip.sasl..",
    CODECS,
    "java.lang",
    "java.lang.invoke",
    "java.lang.runtime",
    "java.math",
    "java.nio",
    "java.nio.charset",
    "java.security..",
    "java.time..",
    "java.util",
    "java.util.function",
    "java.util.regex",
    "java.util.stream",
    "java.util.zip",
    "javax.crypto..",
    "org.jspecify.annotations"
  };

  /// Addresses and names of the internet, as values.
  private static final String NETWORK_VALUES =
      "java\\.net\\.(IDN|InetAddress|Inet4Address|Inet6Address|UnknownHostException)";

  private static final JavaClasses HOUSE = new ClassFileImporter().importPaths(House.modules());

  /// A module that was not read would break no rule.
  @Test
  void everyExportedPackageWasRead() {
    var unread =
        House.descriptors().stream()
            .flatMap(module -> module.exports().stream())
            .map(Exports::source)
            .collect(toSet());
    HOUSE.forEach(type -> unread.remove(type.getPackageName()));
    assertEquals(Set.of(), unread);
  }

  @Test
  void modulesRequireWhatTheTableSays() {
    var required = new TreeMap<String, Set<String>>();
    for (var module : House.descriptors()) required.put(module.name(), requiredToRun(module));
    assertEquals(new TreeMap<>(REQUIRES), required);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().assignedFrom(new Rooms()).should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void publicTypesAreClosedOrMeantToBeExtended() {
    var closedOrAbstract =
        describe(
            "final, sealed, abstract or an interface",
            (JavaClass type) ->
                type.getModifiers().contains(FINAL)
                    || type.getModifiers().contains(ABSTRACT)
                    || type.reflect().isSealed());
    classes().that().arePublic().should(be(closedOrAbstract)).check(HOUSE);
  }

  @Test
  void codecsOnlyCompute() {
    classes()
        .that()
        .resideInAPackage(CODECS)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(COMPUTING).or(HasName.Predicates.nameMatching(NETWORK_VALUES)))
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  @Test
  void codecsLookNoHostsUp() {
    noClasses()
        .that()
        .resideInAPackage(CODECS)
        .should()
        .callMethodWhere(
            isOneOf(
                InetAddress.class,
                "getByName",
                "getAllByName",
                "getLocalHost",
                "getHostName",
                "getCanonicalHostName",
                "isReachable"))
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  @Test
  void codecsHaveNoClock() {
    noClasses()
        .that()
        .resideInAPackage(CODECS)
        .should()
        .callMethodWhere(isOneOf(System.class, "nanoTime", "currentTimeMillis"))
        .orShould()
        .callMethodWhere(describe("now()", call -> call.getName().equals("now")))
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(RandomGenerator.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  /// The kits of `testing` may: they call loops from outside.
  @Test
  void onlyCoreKnowsThreads() {
    noClasses()
        .that()
        .resideOutsideOfPackages("tulip.core..", "tulip.testing..", "tulip.net.testing..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.lang\\.(Thread|ThreadLocal|InheritableThreadLocal)(\\$.*)?"
                + "|java\\.util\\.concurrent\\.(Executors|ForkJoinPool|ThreadPoolExecutor)")
        .check(HOUSE);
  }

  @Test
  void nobodyWaitsBehindTheLoopsBack() {
    noClasses()
        .should()
        .callMethodWhere(isOneOf(Object.class, "wait", "notify", "notifyAll"))
        .orShould()
        .callMethodWhere(isOneOf(Thread.class, "sleep", "yield"))
        .check(HOUSE);
  }

  @Test
  void nobodyLocksMonitors() throws IOException {
    var offenders = new ArrayList<String>();
    int seen = 0;
    for (Path module : House.modules()) {
      for (Path file : House.classFiles(module)) {
        var type = ClassFile.of().parse(file);
        type.methods().stream()
            .filter(ArchitectureTest::locksMonitor)
            .map(method -> type.thisClass().asInternalName() + "." + method.methodName())
            .forEach(offenders::add);
        seen++;
      }
    }
    assertFalse(seen == 0, "no class was read");
    assertEquals(List.of(), offenders);
  }

  private static Set<String> requiredToRun(ModuleDescriptor module) {
    return module.requires().stream()
        .filter(required -> !required.modifiers().contains(Requires.Modifier.STATIC))
        .map(Requires::name)
        .filter(name -> !name.equals("java.base"))
        .collect(toSet());
  }

  private static DescribedPredicate<JavaMethodCall> isOneOf(Class<?> owner, String... methods) {
    return describe(
        owner.getSimpleName() + "." + String.join(", ", methods),
        call ->
            call.getTargetOwner().isEquivalentTo(owner)
                && List.of(methods).contains(call.getName()));
  }

  private static boolean locksMonitor(MethodModel method) {
    return method.flags().has(AccessFlag.SYNCHRONIZED)
        || method.code().stream()
            .flatMap(CodeModel::elementStream)
            .anyMatch(MonitorInstruction.class::isInstance);
  }

  /// Each package by itself; but an `spi` with the package it serves, whose words it speaks.
  private static final class Rooms implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getPackageName().replaceFirst("\\.spi$", ""));
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
