// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Leaves out the cases that need what the loop lacks.
final class Applicability implements ExecutionCondition {
  Applicability() {}

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    var kit = context.getTestInstance();
    var method = context.getTestMethod();
    if (kit.isEmpty() || method.isEmpty()) {
      return ConditionEvaluationResult.enabled("cases are looked at one by one");
    }
    var missing = missing(method.get(), ((Kit) kit.get()).capabilities());
    return missing.isEmpty()
        ? ConditionEvaluationResult.enabled("the loop can do it")
        : ConditionEvaluationResult.disabled(Card.LACKS + missing);
  }

  /// What a case needs and a loop lacks.
  static Set<Capability> missing(Method method, Set<Capability> capabilities) {
    var missing = EnumSet.noneOf(Capability.class);
    for (var place : List.of(method, method.getDeclaringClass())) {
      var needs = place.getAnnotation(Needs.class);
      if (needs != null) {
        missing.addAll(List.of(needs.value()));
      }
    }
    missing.removeAll(capabilities);
    return missing;
  }
}
