package io.landfall.consumer.sql;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import scala.Option;
import scala.Product;
import scala.collection.Iterable;
import scala.collection.Iterator;

/**
 * All nodes of a plan, however they hang on it. Spark's own walks leave out what a node does not
 * call its child: the query that is explained, the definitions of a WITH, a hint's parameters.
 */
final class PlanNodes {

  private PlanNodes() {}

  /** The plan, its expressions, its subqueries and theirs. */
  static Set<TreeNode<?>> of(TreeNode<?> plan) {
    // By identity: a child is an element of its parent too, and is met twice.
    Set<TreeNode<?>> found = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> left = new ArrayDeque<>(List.of(plan));
    while (!left.isEmpty()) {
      Object next = left.pop();
      if (next instanceof TreeNode<?> node) {
        if (found.add(node)) {
          push(left, node.children().iterator());
          push(left, node.productIterator());
        }
      } else if (next instanceof Option<?> option) {
        push(left, option.iterator());
      } else if (next instanceof Iterable<?> several) {
        push(left, several.iterator());
      } else if (next instanceof Product tuple && tuple.getClass().getName().startsWith("scala.")) {
        push(left, tuple.productIterator());
      }
    }
    return found;
  }

  private static void push(Deque<Object> left, Iterator<?> elements) {
    while (elements.hasNext()) {
      Object element = elements.next();
      // A node of Java has null where Scala's have None.
      if (element != null) {
        left.push(element);
      }
    }
  }
}
