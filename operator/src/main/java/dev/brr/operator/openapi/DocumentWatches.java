package dev.brr.operator.openapi;

import dev.brr.api.v1alpha1.BrrService;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

/**
 * Watches exactly the ConfigMaps that BrrServices name, one single-object watch each: an informer on all ConfigMaps
 * would make the operator's memory grow with the cluster.
 */
public final class DocumentWatches implements AutoCloseable {

    private record Key(String namespace, String name) {}

    private record Watch(SharedIndexInformer<ConfigMap> informer, Set<String> services) {}

    private final KubernetesClient client;
    private final BiConsumer<String, String> changed;
    private final Map<Key, Watch> watches = new ConcurrentHashMap<>();

    /**
     * Creates without any watch.
     *
     * @param changed called with namespace and name of each BrrService whose ConfigMap changed
     */
    public DocumentWatches(KubernetesClient client, BiConsumer<String, String> changed) {
        this.client = client;
        this.changed = changed;
    }

    /** Makes the watches of a service match its spec, and returns nothing: what changed is told by the callback. */
    public synchronized void follow(BrrService service) {
        var namespace = service.getMetadata().getNamespace();
        var name = service.getMetadata().getName();
        var wanted = DocumentSource.reference(service).map(reference -> new Key(namespace, reference.name()));
        drop(namespace, name, wanted);
        wanted.ifPresent(
                key -> watches.computeIfAbsent(key, this::start).services().add(name));
    }

    /** Ends the watches of services, by namespace and name, that do not exist any more. */
    public synchronized void retain(BiPredicate<String, String> exists) {
        watches.entrySet().removeIf(entry -> {
            var watch = entry.getValue();
            watch.services().removeIf(name -> !exists.test(entry.getKey().namespace(), name));
            if (watch.services().isEmpty()) {
                watch.informer().close();
                return true;
            }
            return false;
        });
    }

    /** Returns a watched ConfigMap from the watch's memory, or asks the API server for one that is not watched. */
    public Optional<ConfigMap> get(String namespace, String name) {
        var watch = watches.get(new Key(namespace, name));
        if (watch != null && watch.informer().hasSynced()) {
            return watch.informer().getStore().list().stream().findFirst();
        }
        return Optional.ofNullable(
                client.configMaps().inNamespace(namespace).withName(name).get());
    }

    /** Returns how many ConfigMaps are watched. */
    public int size() {
        return watches.size();
    }

    @Override
    public synchronized void close() {
        watches.values().forEach(watch -> watch.informer().close());
        watches.clear();
    }

    private void drop(String namespace, String service, Optional<Key> except) {
        watches.entrySet().removeIf(entry -> {
            if (!entry.getKey().namespace().equals(namespace)
                    || except.filter(entry.getKey()::equals).isPresent()) {
                return false;
            }
            var services = entry.getValue().services();
            if (services.remove(service) && services.isEmpty()) {
                entry.getValue().informer().close();
                return true;
            }
            return false;
        });
    }

    private Watch start(Key key) {
        Set<String> services = ConcurrentHashMap.newKeySet();
        var informer = client.configMaps()
                .inNamespace(key.namespace())
                .withName(key.name())
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(ConfigMap configMap) {
                        tell();
                    }

                    @Override
                    public void onUpdate(ConfigMap before, ConfigMap after) {
                        tell();
                    }

                    @Override
                    public void onDelete(ConfigMap configMap, boolean unknown) {
                        tell();
                    }

                    private void tell() {
                        new HashSet<>(services).forEach(service -> changed.accept(key.namespace(), service));
                    }
                });
        return new Watch(informer, services);
    }
}
