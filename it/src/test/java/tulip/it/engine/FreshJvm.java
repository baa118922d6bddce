// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.it.ChildJvm;
import tulip.it.Screen;

/// Runs the bodies of [OnEachEngine] tests in [FreshJvmMain].
final class FreshJvm implements TestTemplateInvocationContextProvider {
  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    var test = context.getRequiredTestMethod().getAnnotation(OnEachEngine.class);
    return Arrays.stream(test.value()).map(engine -> new OnEngine(engine, test));
  }

  private record OnEngine(Engine engine, OnEachEngine test)
      implements TestTemplateInvocationContext, InvocationInterceptor, ParameterResolver {
    @Override
    public String getDisplayName(int invocationIndex) {
      return engine.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == LoopOptions.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return LoopOptions.DEFAULT;
    }

    @Override
    public void interceptTestTemplateMethod(
        Invocation<@Nullable Void> invocation,
        ReflectiveInvocationContext<Method> method,
        ExtensionContext context)
        throws Throwable {
      invocation.skip();
      var jvm = engine == Engine.CARRIER ? ChildJvm.withFlag() : ChildJvm.withoutFlag();
      jvm.options(test.jvm());
      if (test.screen()) {
        try (var screen = Screen.open()) {
          run(jvm.environment("DISPLAY", screen.display()), method);
        }
      } else {
        run(jvm, method);
      }
    }

    private void run(ChildJvm jvm, ReflectiveInvocationContext<Method> method) throws Exception {
      var type = method.getExecutable().getDeclaringClass().getName();
      var run = jvm.run(FreshJvmMain.class, type, method.getExecutable().getName(), engine.name());
      assertEquals(0, run.status(), () -> run.err() + run.out());
      assertEquals(
          "passed on " + getDisplayName(0),
          run.out().lines().reduce("", (_, line) -> line),
          () -> run.err() + run.out());
    }
  }
}
