// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import static org.junit.platform.commons.support.AnnotationSupport.isAnnotated;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import tulip.core.EventLoop;
import tulip.core.TaskGroup;
import tulip.core.VirtualClock;

/// Tells JUnit what [TulipTest] means.
final class TulipTestExtension
    implements TestTemplateInvocationContextProvider,
        BeforeEachCallback,
        InvocationInterceptor,
        ParameterResolver,
        AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(TulipTestExtension.class);

  TulipTestExtension() {}

  // How often a test runs.

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return isOurs(context) && !hasOtherTemplate(context.getRequiredTestMethod());
  }

  private static boolean isOurs(ExtensionContext context) {
    return isAnnotated(context.getTestMethod(), TulipTest.class);
  }

  private static boolean hasOtherTemplate(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .filter(type -> type != TulipTest.class && !isAnnotated(type, TulipTest.class))
        .anyMatch(type -> type == TestTemplate.class || isAnnotated(type, TestTemplate.class));
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    var name = context.getDisplayName();
    return TestPlan.of(context).runs().stream().map(run -> invocation(run, name));
  }

  private static TestTemplateInvocationContext invocation(TestPlan.Run run, String test) {
    return new TestTemplateInvocationContext() {
      @Override
      public String getDisplayName(int index) {
        return run.name().isEmpty() ? test : run.name();
      }

      @Override
      public void prepareInvocation(ExtensionContext context) {
        store(context).put(TestPlan.Run.class, run);
      }
    };
  }

  // Around a test.

  @Override
  public void beforeEach(ExtensionContext context) {
    if (isOurs(context)) {
      var run = store(context).get(TestPlan.Run.class, TestPlan.Run.class);
      if (run == null) {
        run = TestPlan.of(context).only();
      }
      var alone =
          context
              .getConfigurationParameter("junit.jupiter.execution.parallel.enabled")
              .filter(Boolean::parseBoolean)
              .isEmpty();
      store(context).put(TestRun.class, TestRun.begin(run, alone));
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    var test = store(context).remove(TestRun.class, TestRun.class);
    if (test != null) {
      test.end(context.getExecutionException().orElse(null));
    }
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<@Nullable Void> method,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context)
      throws Throwable {
    run(method, context);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<@Nullable Void> method,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context)
      throws Throwable {
    run(method, context);
  }

  private static void run(Invocation<@Nullable Void> method, ExtensionContext context)
      throws Throwable {
    var test = testRun(context);
    if (test == null) {
      method.proceed();
    } else {
      test.loop().run(method::proceed);
    }
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> method,
      ReflectiveInvocationContext<Method> called,
      ExtensionContext context)
      throws Throwable {
    var test = testRun(context);
    if (test == null) {
      method.proceed();
    } else {
      test.runTest(method::proceed);
    }
  }

  // Parameters.

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return testRun(context) != null
        && (type == EventLoop.class || type == VirtualClock.class || type == TaskGroup.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var test = testRun(context);
    if (test == null) {
      throw new ParameterResolutionException("no loop runs: is this a @TulipTest?");
    }
    var type = parameter.getParameter().getType();
    if (type == EventLoop.class) {
      return test.loop().loop();
    }
    if (type == VirtualClock.class) {
      return test.clock();
    }
    if (!parameter.getDeclaringExecutable().equals(context.getRequiredTestMethod())) {
      throw new ParameterResolutionException(
          "a task group would not outlive this method: only tests get one; open one with"
              + " TaskGroup.open, and close it in @AfterEach");
    }
    return test.openGroup();
  }

  private static @Nullable TestRun testRun(ExtensionContext context) {
    return store(context).get(TestRun.class, TestRun.class);
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }
}
