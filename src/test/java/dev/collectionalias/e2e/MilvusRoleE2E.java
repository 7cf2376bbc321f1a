package dev.collectionalias.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.MilvusPrivilege;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The documented role, made as documented, is enough for everything on a real Milvus with authorization, and each of its
 * privileges is needed: what goes wrong without says so, changes no alias, and goes on once the privilege is granted.
 */
class MilvusRoleE2E extends MilvusRoleStage {

    /** Asked for by newer servers only, which a double stands for. */
    private static final Set<MilvusPrivilege> NOT_ASKED_FOR = Set.of(MilvusPrivilege.GetLoadState,
            MilvusPrivilege.CreateCollection);

    private static List<String> names() {
        return Arrays.stream(MilvusPrivilege.values()).map(Enum::name).toList();
    }

    @Test
    void theRecipeGrantsWhatTheTableLists() {
        assertThat(accounts.privilegesOf(ROLE)).containsExactlyInAnyOrderElementsOf(names());
    }

    @Test
    void everythingWorksWithExactlyThese() {
        NOT_ASKED_FOR.forEach(privilege -> accounts.revoke(ROLE, privilege));
        try {
            wholeLife();
        } finally {
            NOT_ASKED_FOR.forEach(privilege -> accounts.grant(ROLE, privilege));
        }
    }

    private void wholeLife() {
        searchable("all_v1");
        unloaded("all_v2");
        objects.aliasWith("all", """
                {alias: all, collection: all_v1, refreshInterval: 5s, cutover: {
                  gates: {loaded: Always, autoLoad: true, schema: Identical, rows: {min: 5, percentOfActive: 80},
                    search: {samples: 5, limit: 1}},
                  verify: {for: 2s}, previewAlias: all_preview, retirement: {releaseAfter: 3s}}}""");
        objects.awaitReady("all", "all_v1");
        objects.point("all", "all_v2");
        objects.awaitReady("all", "all_v2");
        objects.awaitEvent("all", Reason.Retired, "released all_v1 from memory");

        aliases.move("all", "v1");
        awaitTarget("all", "all_v2");
        aliases.drop("all");
        awaitTarget("all", "all_v2");

        aliases.create("all_2", "v2");
        objects.delete("all");
        objects.awaitGone("all");
        milvus.restart();
        assertThat(aliases.target("all")).isEmpty();
        assertThat(aliases.target("all_preview")).isEmpty();
        assertThat(aliases.target("all_2")).contains("v2");
        assertThat(objects.events("all")).noneMatch(event -> event.getReason().equals(Reason.PermissionDenied.name()));
    }

    /**
     * Something that the operator does, and the privilege for it.
     *
     * @param before what is there before the privilege is taken away
     * @param begin  what has the operator do it
     * @param done   waits until it is done
     */
    record Trial(MilvusPrivilege privilege, String operation, Runnable before, Runnable begin,
            Runnable done) {

        @Override
        public String toString() {
            return privilege + ": " + operation;
        }
    }

    @Test
    void eachPrivilegeIsTried() {
        assertThat(Stream.concat(operations().map(Trial::privilege), retirements()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(EnumSet.copyOf(NOT_ASKED_FOR)));
    }

    private Stream<Trial> operations() {
        return Stream.of(
                new Trial(MilvusPrivilege.CreateAlias, "create", () -> {}, this::create, this::awaitV1),
                new Trial(MilvusPrivilege.CreateAlias, "create anew what somebody dropped", this::ready,
                        () -> aliases.drop(alias), () -> awaitTarget(alias, "v1")),
                new Trial(MilvusPrivilege.CreateAlias, "create a preview", this::ready, this::preview,
                        () -> awaitTarget(alias + "_preview", "v1")),
                new Trial(MilvusPrivilege.DropAlias, "delete", this::withNeighbour, this::delete, this::awaitDeletion),
                new Trial(MilvusPrivilege.DropAlias, "drop a preview", this::withPreview,
                        () -> objects.patchSpec(object, "{cutover: {previewAlias: null}}"),
                        () -> awaitNoTarget(alias + "_preview")),
                new Trial(MilvusPrivilege.DescribeAlias, "create", () -> {}, this::create, this::awaitV1),
                new Trial(MilvusPrivilege.DescribeAlias, "switch", this::ready, () -> point("v2", "{}"), this::awaitV2),
                new Trial(MilvusPrivilege.DescribeAlias, "delete", this::withNeighbour, this::delete,
                        this::awaitDeletion),
                new Trial(MilvusPrivilege.ListAliases, "look", this::ready, () -> {}, this::awaitV1),
                new Trial(MilvusPrivilege.ListAliases, "delete", this::withNeighbour, this::delete,
                        this::awaitDeletion),
                new Trial(MilvusPrivilege.DescribeCollection, "switch", this::ready, () -> point("v2", "{}"),
                        this::awaitV2),
                new Trial(MilvusPrivilege.DescribeCollection, "delete", this::withNeighbour, this::delete,
                        this::awaitDeletion),
                new Trial(MilvusPrivilege.Load, "look", this::ready, () -> {}, this::awaitV1),
                new Trial(MilvusPrivilege.Load, "switch", this::ready, () -> point("v2", "{}"), this::awaitV2),
                new Trial(MilvusPrivilege.Load, "delete", this::withNeighbour, this::delete, this::awaitDeletion),
                new Trial(MilvusPrivilege.Query, "gate loaded", this::ready, () -> point("v2", "{}"), this::awaitV2),
                new Trial(MilvusPrivilege.Query, "gate rows", this::ready,
                        () -> point("v2", "{loaded: Never, rows: {min: 5}}"), this::awaitV2),
                new Trial(MilvusPrivilege.Query, "gate search", this::ready,
                        () -> point("v2", "{loaded: Never, search: {samples: 5, limit: 1}}"), this::awaitV2),
                new Trial(MilvusPrivilege.Query, "verify", this::verifying, () -> {}, this::awaitV2),
                new Trial(MilvusPrivilege.IndexDetail, "gate schema", this::ready, () -> point("v2", "{}"),
                        this::awaitV2),
                new Trial(MilvusPrivilege.GetStatistics, "gate rows", this::withUnloaded,
                        () -> point(candidate(), "{loaded: Never, rows: {min: 5}}"), this::awaitCandidate),
                new Trial(MilvusPrivilege.Search, "gate search", this::ready,
                        () -> point("v2", "{search: {samples: 5, limit: 1}}"), this::awaitV2),
                new Trial(MilvusPrivilege.Load, "autoLoad", this::withUnloaded,
                        () -> point(candidate(), "{autoLoad: true}"), this::awaitCandidate));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void isDeniedUntilItIsGranted(Trial trial) {
        begin();
        trial.before().run();
        accounts.revoke(ROLE, trial.privilege());
        try {
            trial.begin().run();
            Optional<String> target = aliases.target(alias);
            Condition ready = objects.awaitReason(object, Reason.PermissionDenied);

            assertThat(ready.status()).isEqualTo(ConditionStatus.False);
            assertThat(ready.message()).contains("Privilege" + trial.privilege() + ":");
            assertThat(objects.condition(object, ConditionType.Stalled)).isPresent();
            assertThat(aliases.target(alias)).isEqualTo(target);
        } finally {
            accounts.grant(ROLE, trial.privilege());
        }
        trial.done().run();
        end();
    }

    /** The alias is where it should be all the same, so that it is told by an Event and in the status. */
    @ParameterizedTest
    @MethodSource("retirements")
    void whatCanNotBeReleasedStaysUntilItIsGranted(MilvusPrivilege privilege) {
        begin();
        String before = alias + "_v1";
        searchable(before);
        objects.aliasWith(object, """
                {alias: %s, collection: %s, refreshInterval: 5s, cutover: {retirement: {releaseAfter: 5s}}}"""
                .formatted(alias, before));
        objects.awaitReady(object, before);
        objects.point(object, "v2");
        objects.awaitReady(object, "v2");
        accounts.revoke(ROLE, privilege);
        try {
            AliasObjects.await("it is told", () -> assertThat(objects.events(object))
                    .filteredOn(event -> event.getReason().equals(Reason.PermissionDenied.name())).singleElement()
                    .satisfies(event -> assertThat(event.getMessage()).contains(before, "Privilege" + privilege)));
            assertThat(objects.get(object).getStatus().retiring()).singleElement()
                    .satisfies(retiring -> assertThat(retiring.collection()).isEqualTo(before));
            objects.awaitReady(object, "v2");
        } finally {
            accounts.grant(ROLE, privilege);
        }
        objects.awaitEvent(object, Reason.Retired, "released %s from memory".formatted(before));
        end();
    }

    static Stream<MilvusPrivilege> retirements() {
        return Stream.of(MilvusPrivilege.Release, MilvusPrivilege.Query);
    }
}
