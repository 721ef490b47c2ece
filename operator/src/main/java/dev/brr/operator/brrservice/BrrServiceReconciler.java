package dev.brr.operator.brrservice;

import dev.brr.api.v1alpha1.BrrService;
import dev.brr.api.v1alpha1.BrrServiceStatus;
import dev.brr.api.v1alpha1.LastGood;
import dev.brr.api.v1alpha1.ScrapeMode;
import dev.brr.operator.kubernetes.ConditionType;
import dev.brr.operator.kubernetes.Conditions;
import dev.brr.operator.kubernetes.EventRecorder;
import dev.brr.operator.kubernetes.Finding;
import dev.brr.operator.kubernetes.Labels;
import dev.brr.operator.kubernetes.Names;
import dev.brr.operator.kubernetes.Reason;
import dev.brr.operator.openapi.DocumentWatches;
import dev.brr.operator.tuning.PodReading;
import dev.brr.operator.tuning.TuningReadings;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Makes what runs and what is published match a BrrService: looks, decides, applies, reports. */
@Workflow(
        explicitInvocation = true,
        dependents = {
            @Dependent(
                    type = DeploymentDependentResource.class,
                    reconcilePrecondition = DeploymentDependentResource.HasTarget.class),
            @Dependent(type = ServiceDependentResource.class),
            @Dependent(
                    type = AutoscalerDependentResource.class,
                    reconcilePrecondition = AutoscalerDependentResource.IsWanted.class),
            @Dependent(
                    type = DashboardDependentResource.class,
                    reconcilePrecondition = DashboardDependentResource.IsWanted.class),
            @Dependent(
                    type = PodMonitorDependentResource.class,
                    activationCondition = PodMonitorDependentResource.IsInstalled.class,
                    reconcilePrecondition = PodMonitorDependentResource.IsWanted.class),
            @Dependent(
                    type = AlertsDependentResource.class,
                    activationCondition = AlertsDependentResource.IsInstalled.class,
                    reconcilePrecondition = AlertsDependentResource.IsWanted.class)
        })
@ControllerConfiguration(
        name = "brrservice",
        fieldManager = Names.FIELD_MANAGER,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 10, timeUnit = TimeUnit.MINUTES))
public final class BrrServiceReconciler implements Reconciler<BrrService> {

    private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);

    private final WantedImages images;
    private final DocumentWatches documents;
    private final TuningReadings readings;
    private final BooleanSupplier podMonitorsInstalled;
    private final EventRecorder events;
    private final Clock clock;
    private final Conditions conditions;
    private final StatusFactory statuses;
    private final SimpleInboundEventSource<BrrService> wakeUps;
    private volatile Instant nextSweep = Instant.MIN;

    BrrServiceReconciler(
            WantedImages images,
            DocumentWatches documents,
            TuningReadings readings,
            BooleanSupplier podMonitorsInstalled,
            EventRecorder events,
            Clock clock,
            SimpleInboundEventSource<BrrService> wakeUps) {
        this.images = images;
        this.documents = documents;
        this.readings = readings;
        this.podMonitorsInstalled = podMonitorsInstalled;
        this.events = events;
        this.clock = clock;
        this.conditions = new Conditions(clock);
        this.statuses = new StatusFactory(conditions);
        this.wakeUps = wakeUps;
    }

    @Override
    public List<EventSource<?, BrrService>> prepareEventSources(EventSourceContext<BrrService> context) {
        var pods = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Pod.class, BrrService.class)
                        .withLabelSelector(Labels.SELECTOR)
                        .withNamespacesInheritedFromController()
                        .withOnDeleteFilter((pod, unknown) -> {
                            readings.forget(pod.getMetadata().getUid());
                            return true;
                        })
                        .withSecondaryToPrimaryMapper(pod -> Set.of(new ResourceID(
                                pod.getMetadata().getLabels().get(Labels.INSTANCE),
                                pod.getMetadata().getNamespace())))
                        .build(),
                context);
        return List.of(pods, wakeUps);
    }

    @Override
    public UpdateControl<BrrService> reconcile(BrrService service, Context<BrrService> context) {
        forgetTheGone(context);
        documents.follow(service);
        var before = Observation.of(service, context);
        var wanted = images.of(service, before.rollout().current(), before.unpullable(), () -> wake(service));
        var plan = RolloutPlan.decide(
                wanted.target(), wanted.keeping(before.rollout()), lastGood(service), rollback(service));
        new Desired(plan, scrape(service), before.statedReplicas()).in(context);
        context.managedWorkflowAndDependentResourceContext().reconcileManagedWorkflow();

        var after = Observation.of(service, context);
        var ready = plan.target().map(after::readyPods).orElse(List.of());
        var answers = ask(service, ready);
        var status = statuses.status(service, wanted, plan, after, answers);
        Transitions.between(service.getStatus(), status, plan)
                .forEach(told -> events.record(service, told.warning(), told.reason(), told.note()));
        return update(service, status, again(wanted, ready));
    }

    @Override
    public ErrorStatusUpdateControl<BrrService> updateErrorStatus(
            BrrService service, Context<BrrService> context, Exception error) {
        var failed = Finding.fails(ConditionType.Ready, Reason.ApplyFailed, ApplyFailure.message(error));
        var old = Optional.ofNullable(service.getStatus());
        var ready = conditions.merge(
                old.map(BrrServiceStatus::conditions).orElse(null),
                List.of(failed),
                service.getMetadata().getGeneration());
        var merged = new ArrayList<>(ready);
        old.map(BrrServiceStatus::conditions).orElse(List.of()).stream()
                .filter(condition -> !ConditionType.Ready.name().equals(condition.getType()))
                .forEach(merged::add);
        var status = new BrrServiceStatus(
                old.map(BrrServiceStatus::observedGeneration).orElse(null),
                merged,
                old.map(BrrServiceStatus::image).orElse(null),
                old.map(BrrServiceStatus::malloc).orElse(null),
                old.map(BrrServiceStatus::hungriestOperation).orElse(null),
                old.map(BrrServiceStatus::lastGood).orElse(null),
                old.map(BrrServiceStatus::replicas).orElse(null),
                old.map(BrrServiceStatus::readyReplicas).orElse(null),
                old.map(BrrServiceStatus::selector).orElse(null));
        return status.equals(service.getStatus())
                ? ErrorStatusUpdateControl.noStatusUpdate()
                : ErrorStatusUpdateControl.patchStatus(withStatus(service, status));
    }

    private Map<String, Optional<PodReading>> ask(BrrService service, List<Pod> pods) {
        var answers = new TreeMap<String, Optional<PodReading>>();
        for (var pod : pods) {
            answers.put(
                    pod.getMetadata().getName(),
                    readings.of(start(pod), pod.getStatus().getPodIP(), Names.MANAGEMENT, () -> wake(service)));
        }
        return answers;
    }

    private static TuningReadings.Start start(Pod pod) {
        var restarts = pod.getStatus().getContainerStatuses().stream()
                .map(ContainerStatus::getRestartCount)
                .reduce(0, Integer::sum);
        return new TuningReadings.Start(pod.getMetadata().getUid(), restarts);
    }

    private Optional<Duration> again(Wanted wanted, List<Pod> asked) {
        return NextLook.in(
                asked.stream().map(pod -> readings.goodFor(start(pod))).toList(), wanted.retryAt(), clock.instant());
    }

    private static UpdateControl<BrrService> update(
            BrrService service, BrrServiceStatus status, Optional<Duration> again) {
        UpdateControl<BrrService> control = status.equals(service.getStatus())
                ? UpdateControl.noUpdate()
                : UpdateControl.patchStatus(withStatus(service, status));
        again.ifPresent(control::rescheduleAfter);
        return control;
    }

    /** Returns an object that holds the status alone: what is not in it is not this operator's. */
    private static BrrService withStatus(BrrService service, BrrServiceStatus status) {
        var fresh = new BrrService();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withName(service.getMetadata().getName())
                .withNamespace(service.getMetadata().getNamespace())
                .build());
        fresh.setStatus(status);
        return fresh;
    }

    /** A service without a finalizer goes without a word: now and then, what is kept of the gone is dropped. */
    private void forgetTheGone(Context<BrrService> context) {
        var now = clock.instant();
        if (now.isBefore(nextSweep)) {
            return;
        }
        nextSweep = now.plus(SWEEP_EVERY);
        var cache = context.getPrimaryCache();
        documents.retain(
                (namespace, name) -> cache.get(new ResourceID(name, namespace)).isPresent());
        images.retain(
                (namespace, name) -> cache.get(new ResourceID(name, namespace)).isPresent());
    }

    private void wake(BrrService service) {
        wakeUps.propagateEvent(ResourceID.fromResource(service));
    }

    private ScrapeMode scrape(BrrService service) {
        return Objects.requireNonNullElseGet(
                Desired.monitoring(service).scrape(),
                () -> podMonitorsInstalled.getAsBoolean() ? ScrapeMode.PodMonitor : ScrapeMode.Annotations);
    }

    private static @Nullable LastGood lastGood(BrrService service) {
        return service.getStatus() == null ? null : service.getStatus().lastGood();
    }

    private static boolean rollback(BrrService service) {
        return Optional.ofNullable(service.getSpec())
                .map(spec -> spec.rollout())
                .map(rollout -> rollout.rollback())
                .orElse(true);
    }
}
