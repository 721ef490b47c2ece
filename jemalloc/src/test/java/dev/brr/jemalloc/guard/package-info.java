@org.jspecify.annotations.NullMarked
package dev.brr.jemalloc.guard;
