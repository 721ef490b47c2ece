/**
 * The Kubernetes API of brr as records, version {@code brr.dev/v1alpha1}.
 *
 * <p>What is written here becomes the CRD YAML beside this module's {@code pom.xml}. It may depend on the Fabric8 model
 * and the annotations of its CRD generator, and on nothing else: whoever wants to write BrrServices from Java takes this
 * jar alone.
 */
@NullMarked
package dev.brr.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
